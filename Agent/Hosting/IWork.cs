using BackupOnline.Agent.Door;

namespace BackupOnline.Agent.Hosting;

/// <summary>Carries out one kind of order.</summary>
internal interface IWork
{
    /// <summary>As the door calls it: <c>vmBackup</c>.</summary>
    string Kind { get; }

    /// <param name="order">What to do.</param>
    /// <param name="follow">Takes a source of progress that the door is told from.</param>
    /// <param name="cancellation">The host stops, or the attempt was taken away.</param>
    Task<WorkResult> CarryOutAsync(WorkOrder order, Action<Func<JobProgress>> follow, CancellationToken cancellation);
}
