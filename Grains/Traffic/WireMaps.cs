using System.Globalization;
using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Rules.Traffic;
using NodaTime;
using NodaTime.Text;

namespace BackupOnline.Grains.Traffic;

/// <summary>Between the wire's words and the rules'.</summary>
internal static class WireMaps
{
    private static readonly YearMonthPattern MonthPattern = YearMonthPattern.CreateWithInvariantCulture("yyyy-MM");

    public static string Text(this YearMonth month) => MonthPattern.Format(month);

    /// <summary>Null when it is not a month from 2000 to 2199, in the form 2026-11.</summary>
    public static YearMonth? ParseMonth(string? text) =>
        text is { Length: 7 } && MonthPattern.Parse(text) is { Success: true, Value: { Year: >= 2000 and < 2200 } month } ? month : null;

    public static TrafficPolicy ToPolicy(this TrafficPolicyView view) => TrafficPolicy.Default with
    {
        Version = view.Version,
        Zone = view.Settings.Zone,
        Basis = (PercentileBasis)view.Settings.Basis,
        LimitKbps = view.Settings.LimitKbps,
        BurstKbps = view.Settings.BurstKbps,
        TolerancePercent = view.Settings.TolerancePercent,
        ReservePercent = view.Settings.ReservePercent,
        MarginPercent = view.Settings.MarginPercent,
        ReturnPercent = view.Settings.ReturnPercent,
        Kind = (BurstPolicyKind)view.Settings.BurstRule,
        LadderFloorKbps = view.Settings.LadderFloorKbps,
    };

    public static string Text(this PercentileBasis basis) => basis switch
    {
        PercentileBasis.In => "in",
        PercentileBasis.Out => "out",
        PercentileBasis.Sum => "sum",
        PercentileBasis.MaxPerSlot => "max-per-slot",
        _ => "higher-of-in-out",
    };

    public static PercentileBasis ToSeries(string text) => text switch
    {
        "out" => PercentileBasis.Out,
        "sum" => PercentileBasis.Sum,
        "max-per-slot" => PercentileBasis.MaxPerSlot,
        _ => PercentileBasis.In,
    };

    public static TrafficRegime ToWire(this BurstRegime regime, bool provisional) => new()
    {
        Standing = (TrafficStanding)regime.Standing,
        BurstKbps = regime.BurstKbps,
        QuietCeilingKbps = regime.Quiet is { } quiet ? Math.Min(quiet.CeilingKbps, regime.BurstKbps) : null,
        BurstSamples = regime.Quiet?.BurstSamples,
        Reason = regime.Reason switch
        {
            StandingReason.Exceeded => "exceeded",
            StandingReason.Warned => "warned",
            StandingReason.StillNeeded => "still-needed",
            StandingReason.Conform => "conform",
            _ => "first-month",
        },
        Provisional = provisional,
    };

    public static string Text(this long number) => number.ToString(CultureInfo.InvariantCulture);
}
