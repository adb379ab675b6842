using NodaTime;

namespace BackupOnline.Rules.Availability;

/// <summary>Consecutive minutes of one vault in which all probes ended alike.</summary>
public sealed record MinuteRun
{
    public required string Vault { get; init; }

    /// <summary>The first minute, inclusive: a whole UTC minute.</summary>
    public required Instant First { get; init; }

    /// <summary>Exclusive: a whole UTC minute after the first.</summary>
    public required Instant Until { get; init; }

    /// <summary>True when the vault could be written, read and compared.</summary>
    public required bool Good { get; init; }

    /// <summary>What the probes said, in their own words; carried through.</summary>
    public required string Outcome { get; init; }
}
