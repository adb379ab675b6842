using BackupOnline.Grains.Interfaces.Nodes;

namespace BackupOnline.Grains.Nodes;

/// <summary>A piece of work as the queue keeps it.</summary>
internal sealed record NodeWorkState
{
    public required NodeWorkItem Item { get; init; }

    public required DateTimeOffset EnqueuedAt { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public int Attempt { get; init; }

    public int Faults { get; init; }

    /// <summary>Null while it waits.</summary>
    public DateTimeOffset? LeaseEndsAt { get; init; }

    /// <summary>The worker's start that holds the lease.</summary>
    public string? Boot { get; init; }

    /// <summary>It was enqueued again while it ran: what was asked then may not have been seen.</summary>
    public bool WantedAgain { get; init; }

    public DateTimeOffset? StuckSince { get; init; }

    public string? Code { get; init; }

    public string? Advice { get; init; }

    /// <summary>Given back to the queue.</summary>
    public NodeWorkState Waiting(DateTimeOffset notBefore) => this with { NotBefore = notBefore, LeaseEndsAt = null, Boot = null, WantedAgain = false };

    public NodeWorkView ToView() => new()
    {
        Item = Item,
        Standing = LeaseEndsAt is null ? NodeWorkStanding.Waiting : NodeWorkStanding.Running,
        Attempt = Attempt,
        Faults = Faults,
        EnqueuedAt = EnqueuedAt,
        NotBefore = NotBefore,
        LeaseEndsAt = LeaseEndsAt,
        StuckSince = StuckSince,
        Code = Code,
        Advice = Advice,
    };
}
