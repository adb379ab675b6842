using System.Globalization;

namespace BackupOnline.Agent.Screens;

/// <summary>Numbers as a person reads them.</summary>
internal static class Quantity
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>Binary units, as restic prints them: 3 decimals, none below 1 KiB.</summary>
    public static string Bytes(long count)
    {
        double value = count;
        var unit = 0;
        for (; value >= 1024 && unit < Units.Length - 1; unit++)
            value /= 1024;
        return unit == 0 ? $"{count} B" : string.Create(CultureInfo.InvariantCulture, $"{value:F3} {Units[unit]}");
    }

    /// <summary>m:ss below an hour, h:mm:ss from there on; whole seconds, cut.</summary>
    public static string Duration(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
            duration = TimeSpan.Zero;
        var hours = (long)duration.TotalHours;
        return hours > 0 ? $"{hours}:{duration.Minutes:D2}:{duration.Seconds:D2}" : $"{duration.Minutes}:{duration.Seconds:D2}";
    }
}
