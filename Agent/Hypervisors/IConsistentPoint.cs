namespace BackupOnline.Agent.Hypervisors;

/// <summary>All disks of one machine at one instant, held readable until it is committed or abandoned. Reads may run in parallel.</summary>
internal interface IConsistentPoint : IAsyncDisposable
{
    Epoch Epoch { get; }

    Consistency Achieved { get; }

    /// <summary>Why <see cref="Achieved"/> is less than was wanted; null when it is not.</summary>
    string? FallbackReason { get; }

    /// <summary>How long the guest's file systems were frozen; zero when they were not.</summary>
    TimeSpan FrozenFor { get; }

    /// <summary>The consistency instant.</summary>
    DateTimeOffset At { get; }

    /// <summary>What is needed to make the machine anew, by file name: kept in the snapshot beside the disks.</summary>
    IReadOnlyList<ConfigurationFile> Configuration { get; }

    /// <summary>What the hypervisor cannot snapshot, each with its reason: <c>disk2: pass-through</c>. Shown to the customer, never silent.</summary>
    IReadOnlyList<string> Skipped { get; }

    IReadOnlyList<IPointDisk> Disks { get; }

    /// <summary>Null while the point is sound; else why what is read from it can no longer be trusted.</summary>
    Task<string?> BrokenAsync(CancellationToken cancellation);

    /// <summary>The snapshot is durable in the repository: from here on changes are counted from this epoch. Safe to repeat.</summary>
    Task CommitAsync(CancellationToken cancellation);

    /// <summary>No snapshot was made: changes go on being counted from the base. Safe to repeat.</summary>
    Task AbandonAsync(CancellationToken cancellation);
}
