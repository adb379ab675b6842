using System.Collections.Immutable;

namespace BackupOnline.Rules.Jobs;

/// <summary>The answer to a command: events (none for a repetition), or the reason of a refusal.</summary>
public sealed record JobDecision
{
    private JobDecision(ImmutableArray<JobEvent> events, JobRefusal? refusal)
    {
        Events = events;
        Refusal = refusal;
    }

    /// <summary>The command changes nothing: it is a repetition, or it is not due.</summary>
    public static JobDecision Nothing { get; } = new([], null);

    public ImmutableArray<JobEvent> Events { get; }

    public JobRefusal? Refusal { get; }

    public static JobDecision Accept(params ImmutableArray<JobEvent> events) => new(events, null);

    public static JobDecision Refuse(JobRefusal refusal) => new([], refusal);
}
