namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>The month without a further backup, with it sent by its plan, and with it sent at full speed.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.what-if")]
public sealed record WhatIfView
{
    /// <summary>The start of the slot in which it would begin, or the start that was asked for when it lies in the present slot.</summary>
    [Id(0)] public required DateTimeOffset StartsAt { get; init; }

    [Id(1)] public required long Bytes { get; init; }

    [Id(2)] public required MonthExpectation Without { get; init; }

    [Id(3)] public required JobExpectation Paced { get; init; }

    /// <summary>Why the plan is as it is, as in <see cref="SendingPlan.Reason"/>.</summary>
    [Id(4)] public required string Reason { get; init; }

    [Id(5)] public required JobExpectation AtOnce { get; init; }
}
