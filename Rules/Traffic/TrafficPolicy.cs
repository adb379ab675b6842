using NodaTime;

namespace BackupOnline.Rules.Traffic;

/// <summary>The numbers of contract article 7 and the settings where it is silent. A changed policy has another version and applies from a month's start on, never before.</summary>
public sealed record TrafficPolicy
{
    public static TrafficPolicy Default { get; } = new();

    public int Version { get; init; } = 1;

    /// <summary>IANA name of the zone whose civil months are metered.</summary>
    public string Zone { get; init; } = "Europe/Paris";

    public PercentileBasis Basis { get; init; } = PercentileBasis.HigherOfInOut;

    public MissingSamples Missing { get; init; } = MissingSamples.Zero;

    /// <summary>The limit of the percentile in kbit/s: 5 Mbit/s.</summary>
    public int LimitKbps { get; init; } = 5_000;

    /// <summary>The burst in kbit/s: 100 Mbit/s.</summary>
    public int BurstKbps { get; init; } = 100_000;

    /// <summary>How far above the limit a month only warns, in percent, inclusive.</summary>
    public int TolerancePercent { get; init; } = 5;

    /// <summary>Part of the credits that conformity mode keeps for restores and retries, in percent, rounded up to whole credits.</summary>
    public int ReservePercent { get; init; } = 10;

    /// <summary>What the quiet ceiling lies above the water level, in percent.</summary>
    public int MarginPercent { get; init; } = 10;

    /// <summary>Part of the credits that plain bursting may need for a tenant to leave conformity, in percent, inclusive.</summary>
    public int ReturnPercent { get; init; } = 90;

    public BurstPolicyKind Kind { get; init; } = BurstPolicyKind.Credits;

    /// <summary>The literal ladder never goes below this, in kbit/s.</summary>
    public int LadderFloorKbps { get; init; } = 10_000;

    /// <summary>How long after a month's end reports for it are taken.</summary>
    public Duration Grace { get; init; } = Duration.FromHours(48);

    /// <summary>187 500 000 for 5 Mbit/s: bytes in a slot at the limit. Exact, as kbit/s is a multiple of 8/300 byte.</summary>
    public long LimitBytesPerSlot => BytesPerSlot(LimitKbps);

    public long BurstBytesPerSlot => BytesPerSlot(BurstKbps);

    /// <summary>Bytes in a slot at a rate: 37 500 for each kbit/s.</summary>
    public static long BytesPerSlot(long kbps) => kbps * 37_500;
}
