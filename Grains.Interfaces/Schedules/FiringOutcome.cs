namespace BackupOnline.Grains.Interfaces.Schedules;

/// <summary>What became of a firing. Made by the named factories.</summary>
[GenerateSerializer, Immutable, Alias("bo.schedule.outcome")]
public sealed record FiringOutcome
{
    private FiringOutcome()
    {
    }

    /// <summary>Carried out; the next due instant is the one of the schedule's timing, or <see cref="NextDue"/>.</summary>
    public static FiringOutcome Done { get; } = new() { Result = FiringResult.Done };

    /// <summary>Carried out, and nothing is ever due again: the row goes.</summary>
    public static FiringOutcome Ended { get; } = new() { Result = FiringResult.Ended };

    [Id(0)] public required FiringResult Result { get; init; }

    /// <summary>The next due instant where the target knows better than the timing; null leaves it to the timing.</summary>
    [Id(1)] public DateTimeOffset? NextDue { get; init; }

    /// <summary>Why it failed, for the record.</summary>
    [Id(2)] public string? Why { get; init; }

    /// <summary>Carried out; next due at <paramref name="nextDue"/>.</summary>
    public static FiringOutcome DoneUntil(DateTimeOffset nextDue) => new() { Result = FiringResult.Done, NextDue = nextDue };

    /// <summary>Not carried out: delivered again with back-off.</summary>
    public static FiringOutcome Failed(string why) => new() { Result = FiringResult.Failed, Why = why };
}
