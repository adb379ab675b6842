namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>One thing that the customer has to be told.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.notice")]
public sealed record NoticeView
{
    /// <summary><c>renewal-2</c> (the end of period 2), <c>termination-receipt</c>, <c>erasure-warning</c>, <c>erasure-certificate</c>.</summary>
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required NoticeKind Kind { get; init; }

    [Id(2)] public required string Recipient { get; init; }

    /// <summary>The day on which it should go out.</summary>
    [Id(3)] public required DateOnly DueOn { get; init; }

    /// <summary>First day on which it is valid; null when there is none.</summary>
    [Id(4)] public DateOnly? Earliest { get; init; }

    /// <summary>Last day on which it is valid.</summary>
    [Id(5)] public required DateOnly Latest { get; init; }

    /// <summary>When it was given; null when it was not.</summary>
    [Id(6)] public DateOnly? SentOn { get; init; }

    [Id(7)] public string? Channel { get; init; }

    [Id(8)] public string? Reference { get; init; }

    /// <summary>Given within its days.</summary>
    [Id(9)] public required bool Valid { get; init; }

    /// <summary>Not validly given, and its last day is over.</summary>
    [Id(10)] public required bool Overdue { get; init; }
}
