namespace BackupOnline.Grains.Interfaces.Availability;

/// <summary>A prober asks what it shall probe in a round.</summary>
[GenerateSerializer, Immutable, Alias("bo.probe-desk.claim")]
public sealed record ClaimProbes
{
    /// <summary>By the name rule; the same after a restart.</summary>
    [Id(0)] public required string Prober { get; init; }

    /// <summary>When the round began: the same for all probers.</summary>
    [Id(1)] public required DateTimeOffset Round { get; init; }

    /// <summary>True to take over what nobody has claimed: asked once the others had their time.</summary>
    [Id(2)] public bool WhatIsLeft { get; init; }
}
