namespace BackupOnline.Rules.Traffic;

/// <summary>What conformity mode gives a tenant in a month.</summary>
public sealed record QuietCeiling
{
    /// <summary>F, the month's credits.</summary>
    public required int FreeSamples { get; init; }

    /// <summary>R, credits kept for restores and retries.</summary>
    public required int ReserveSamples { get; init; }

    /// <summary>C = F - R, credits for burst.</summary>
    public required int BurstSamples { get; init; }

    /// <summary>Bytes that each other slot must carry for last month's volume to fit.</summary>
    public required long LevelBytes { get; init; }

    /// <summary><see cref="LevelBytes"/> as a rate, rounded up.</summary>
    public required long LevelKbps { get; init; }

    /// <summary>The most that a slot outside the credits may carry, as a rate.</summary>
    public required long CeilingKbps { get; init; }

    /// <summary>True when last month's volume fits within the limit at all.</summary>
    public required bool ConformReachable { get; init; }
}
