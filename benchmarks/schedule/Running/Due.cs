using System.Globalization;

namespace BackupOnline.Schedule.Running;

/// <summary>Due instants: whole seconds, since cron knows no finer ones.</summary>
internal static class Due
{
    public const string Zone = "Europe/Paris";

    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById(Zone);

    /// <summary>The first whole second that lies at least <paramref name="ahead"/> in the future.</summary>
    public static DateTimeOffset In(TimeSpan ahead, TimeProvider clock) =>
        DateTimeOffset.FromUnixTimeSeconds((clock.GetUtcNow() + ahead).ToUnixTimeSeconds() + 1);

    /// <summary>Local wall time in <see cref="Zone"/>, <c>HH:mm:ss</c>.</summary>
    public static string WallTime(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Paris).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Daily at that wall time, as cron with seconds.</summary>
    public static string Cron(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Paris).ToString("s m H '* * ?'", CultureInfo.InvariantCulture);
}
