using BackupOnline.Persistence.Availability;

namespace BackupOnline.Client.Probing;

/// <summary>The vaults to probe, as they were last read: while the database is away, those known before are still probed.</summary>
internal sealed partial class ProbeTargetList(ProbeTargets targets, ILogger<ProbeTargetList> log)
{
    private const int Page = 2000;

    private List<ProbeTarget> known = [];

    public async Task<IReadOnlyList<ProbeTarget>> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var all = new List<ProbeTarget>();
            while (await targets.PageAsync(all.Count == 0 ? null : all[^1].Vault, Page, cancellation) is { Count: > 0 } page)
            {
                all.AddRange(page);
                if (page.Count < Page)
                    break;
            }

            return known = all;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            var kind = fault.GetType().Name;
            LogNotRead(known.Count, kind);
            return known;
        }
    }

    [LoggerMessage(EventId = 1304, Level = LogLevel.Warning, Message = "Vaults not listed, the {Known} known before are probed: {Kind}")]
    private partial void LogNotRead(int known, string kind);
}
