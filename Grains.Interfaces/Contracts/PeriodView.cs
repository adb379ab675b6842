namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>One period of a contract, half-open.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.period")]
public sealed record PeriodView
{
    /// <summary>1 for the first.</summary>
    [Id(0)] public required int Index { get; init; }

    /// <summary>Inclusive: the first payment's instant, or the end of the period before.</summary>
    [Id(1)] public required DateTimeOffset Start { get; init; }

    /// <summary>The boundary without credits: whole terms from the anchor.</summary>
    [Id(2)] public required DateOnly NominalEndDate { get; init; }

    /// <summary>Exclusive: a local midnight, credits included.</summary>
    [Id(3)] public required DateTimeOffset End { get; init; }

    /// <summary>The civil day that begins at the end.</summary>
    [Id(4)] public required DateOnly EndDate { get; init; }

    /// <summary>All credits that count for this end, in seconds.</summary>
    [Id(5)] public required long CreditSeconds { get; init; }

    [Id(6)] public required long PriceCents { get; init; }
}
