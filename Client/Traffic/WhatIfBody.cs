using System.ComponentModel.DataAnnotations;
using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Traffic;

internal sealed record WhatIfBody : CheckedBody
{
    /// <summary>When the backup would begin: from now on, in the running month.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>What it would send.</summary>
    [Range(0L, 1_000_000_000_000_000L)]
    public required long Bytes { get; init; }
}
