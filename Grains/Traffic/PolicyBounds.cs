using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Rules.Traffic;
using NodaTime;

namespace BackupOnline.Grains.Traffic;

/// <summary>What settings must keep.</summary>
internal static class PolicyBounds
{
    private const int MostKbps = 100_000_000;

    public static Refusal? Check(TrafficSettings settings) =>
        Requests.Check.That(
            DateTimeZoneProviders.Tzdb.GetZoneOrNull(settings.Zone ?? "") is not null, "zone-unknown", "There is no such time zone. Give an IANA name, such as Europe/Paris.")
        ?? Requests.Check.Known(settings.Basis, "basis")
        ?? Requests.Check.Known(settings.BurstRule, "burst rule")
        ?? Requests.Check.That(settings.LimitKbps is >= 1 and <= MostKbps, "limit-invalid", $"The limit must be from 1 to {MostKbps} kbit/s.")
        ?? Requests.Check.That(
            settings.BurstKbps >= settings.LimitKbps && settings.BurstKbps <= MostKbps, "burst-invalid", $"The burst must be from the limit to {MostKbps} kbit/s.")
        ?? Requests.Check.That(
            settings.LadderFloorKbps >= settings.LimitKbps && settings.LadderFloorKbps <= settings.BurstKbps, "floor-invalid", "The ladder's floor must lie between the limit and the burst.")
        ?? Requests.Check.That(
            Percent(settings.TolerancePercent) && Percent(settings.ReservePercent) && Percent(settings.MarginPercent) && Percent(settings.ReturnPercent),
            "percent-invalid", "Tolerance, reserve, margin and return are percentages: 0 to 100.");

    /// <summary>True when the month begins in this zone where it begins at present.</summary>
    public static bool SharesEdge(string zone, YearMonth month, PolicyTable present) =>
        MeteringMonth.Of(month, DateTimeZoneProviders.Tzdb[zone]).FirstSlot == present.MonthOf(month).FirstSlot;

    private static bool Percent(int value) => value is >= 0 and <= 100;
}
