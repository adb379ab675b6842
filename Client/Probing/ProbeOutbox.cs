using BackupOnline.Grains.Interfaces.Availability;
using Microsoft.Extensions.Options;

namespace BackupOnline.Client.Probing;

/// <summary>Results on their way to the tenants' grains; bounded. In memory: what a door takes down with it counts as not probed.</summary>
internal sealed partial class ProbeOutbox(IOptions<ProbeOptions> options, ILogger<ProbeOutbox> log)
{
    private readonly Lock guard = new();
    private Dictionary<string, List<ProbeResult>> waiting = new(StringComparer.Ordinal);
    private int count;
    private bool full;

    public void Add(string tenant, params IReadOnlyCollection<ProbeResult> results)
    {
        lock (guard)
        {
            if (count + results.Count > options.Value.MostWaiting)
            {
                if (!full)
                    LogFull(options.Value.MostWaiting);
                full = true;
                return;
            }

            full = false;
            count += results.Count;
            if (!waiting.TryGetValue(tenant, out var own))
                waiting[tenant] = own = [];
            own.AddRange(results);
        }
    }

    /// <summary>Everything that waits; what cannot be told comes back by <see cref="Add"/>.</summary>
    public IReadOnlyDictionary<string, List<ProbeResult>> TakeAll()
    {
        lock (guard)
        {
            var taken = waiting;
            (waiting, count) = (new(StringComparer.Ordinal), 0);
            return taken;
        }
    }

    [LoggerMessage(EventId = 1301, Level = LogLevel.Error, Message = "Probe results are lost: {Most} wait already, and no silo takes them; their minutes will count as not probed")]
    private partial void LogFull(int most);
}
