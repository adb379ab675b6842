using System.Text;
using NodaTime;

namespace BackupOnline.Rules.Schedules;

/// <summary>
/// Lays the start times of many schedules apart within what each allows: 200 tenants who all start at 22:00 congest a link, spread over the night they do
/// not (design decision 8). The place depends on the id alone, so that it is the same on every machine and for ever.
/// </summary>
public static class Spread
{
    // FNV-1a, 64 bits, and the last mixing step of SplitMix64, since FNV alone leaves the high bits of short, similar texts alike.
    private const ulong Basis = 14_695_981_039_346_656_037;
    private const ulong Prime = 1_099_511_628_211;

    /// <summary>A place in [0, <paramref name="window"/>) in whole seconds; zero for a window of one second or less.</summary>
    public static Duration Offset(string id, Duration window)
    {
        if (window < Duration.Zero) throw new ArgumentOutOfRangeException(nameof(window), window, "A window is zero or more.");
        var seconds = (ulong)Math.Floor(window.TotalSeconds);
        return seconds <= 1 ? Duration.Zero : Duration.FromSeconds((long)(Hash(id) % seconds));
    }

    /// <summary>A number that is as good as drawn from all 64-bit numbers, and always the same for the same text (UTF-8).</summary>
    public static ulong Hash(string text)
    {
        unchecked
        {
            var hash = Basis;
            foreach (var octet in Encoding.UTF8.GetBytes(text)) hash = (hash ^ octet) * Prime;
            hash = (hash ^ (hash >> 30)) * 0xBF58_476D_1CE4_E5B9;
            hash = (hash ^ (hash >> 27)) * 0x94D0_49BB_1331_11EB;
            return hash ^ (hash >> 31);
        }
    }
}
