namespace BackupOnline.Grains.Interfaces.Availability;

/// <summary>One civil day of a month, in minutes. Minutes of the future count nowhere.</summary>
[GenerateSerializer, Immutable, Alias("bo.availability.day")]
public sealed record AvailabilityDayView
{
    [Id(0)] public required DateOnly Date { get; init; }

    [Id(1)] public required int UpMinutes { get; init; }

    /// <summary>Down, and the provider answers for it.</summary>
    [Id(2)] public required int DownMinutes { get; init; }

    /// <summary>Down by the customer, the Internet or force majeure.</summary>
    [Id(3)] public required int ExcusedMinutes { get; init; }

    /// <summary>Before the first vault, or suspended.</summary>
    [Id(4)] public required int NotCountedMinutes { get; init; }
}
