using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Stores;

/// <summary>One planned fault of a <see cref="FaultyStore"/>: what happens to which calls.</summary>
public sealed record StoreFault
{
    /// <summary>The operation that is hit.</summary>
    public required StoreOperation Operation { get; init; }

    public required StoreFaultKind Kind { get; init; }

    /// <summary>Only objects of this kind; null: all.</summary>
    public ObjectKind? ObjectKind { get; init; }

    /// <summary>So many fitting calls pass unharmed first.</summary>
    public int Skip { get; init; }

    /// <summary>So many fitting calls are hit then. Default 1.</summary>
    public int Times { get; init; } = 1;

    /// <summary>What FailBefore and FailAfter throw. Default: Unreachable.</summary>
    public RepositoryProblem Problem { get; init; } = RepositoryProblem.Unreachable;

    /// <summary>What Delay waits for.</summary>
    public Func<CancellationToken, Task>? Gate { get; init; }
}
