namespace BackupOnline.Engine.Checking;

/// <summary>What a check found. A repository is sound when <see cref="ErrorCount"/> is zero.</summary>
public sealed record CheckResult
{
    public required long ErrorCount { get; init; }

    /// <summary>The first 1000 findings, notices among them.</summary>
    public required IReadOnlyList<CheckFinding> Findings { get; init; }

    public required long Snapshots { get; init; }

    /// <summary>Distinct trees read.</summary>
    public required long Trees { get; init; }

    public required long Packs { get; init; }

    /// <summary>Packs that no index names.</summary>
    public required long UnreferencedPacks { get; init; }

    /// <summary>Bytes of packs read and verified; 0 without reading data.</summary>
    public required long BytesRead { get; init; }
}
