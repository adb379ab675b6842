using NodaTime;
using NodaTime.Text;

namespace BackupOnline.Grains.VirtualMachines;

/// <summary>Civil days of the contract.</summary>
internal static class Paris
{
    public const string Name = "Europe/Paris";

    public static DateTimeZone Zone { get; } = DateTimeZoneProviders.Tzdb[Name];

    public static string DayText(DateTimeOffset at) => Text(Instant.FromDateTimeOffset(at).InZone(Zone).Date);

    public static string Text(LocalDate day) => LocalDatePattern.Iso.Format(day);

    public static LocalDate Parse(string day) => LocalDatePattern.Iso.Parse(day).GetValueOrThrow();
}
