using BackupOnline.Grains.Interfaces.Availability;
using BackupOnline.Persistence.Availability;

namespace BackupOnline.Grains.Availability;

/// <summary>Results as runs of consecutive minutes.</summary>
internal static class ProbeRuns
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static List<ProbeRun> Of(IEnumerable<ProbeResult> results)
    {
        var runs = new List<ProbeRun>();
        var ordered = results.OrderBy(r => r.Vault, StringComparer.Ordinal).ThenBy(r => r.Outcome).ThenBy(r => r.Minute);
        foreach (var result in ordered)
        {
            var word = ProbeWords.Word(result.Outcome);
            if (runs.Count > 0 && runs[^1] is var last && last.Vault == result.Vault && last.Outcome == word && result.Minute <= last.Until)
            {
                runs[^1] = last with
                {
                    Until = result.Minute + Minute > last.Until ? result.Minute + Minute : last.Until,
                    SlowestMilliseconds = Math.Max(last.SlowestMilliseconds, result.Milliseconds),
                    Detail = result.Detail ?? last.Detail,
                };
                continue;
            }

            runs.Add(new()
            {
                Vault = result.Vault,
                Outcome = word,
                First = result.Minute,
                Until = result.Minute + Minute,
                SlowestMilliseconds = result.Milliseconds,
                Detail = result.Detail,
            });
        }

        return runs;
    }
}
