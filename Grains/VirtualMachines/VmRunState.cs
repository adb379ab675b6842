using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.VirtualMachines;

namespace BackupOnline.Grains.VirtualMachines;

/// <summary>The backup run that is open.</summary>
internal sealed record VmRunState
{
    public required string Job { get; init; }

    /// <summary>The civil day that it was opened for, <c>2026-10-25</c>.</summary>
    public required string Day { get; init; }

    public required bool Extra { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset Until { get; init; }

    public JobStatus Status { get; init; } = JobStatus.Queued;

    public int Attempt { get; init; }

    public VmFailure? Failure { get; init; }

    /// <summary>The job's, when it told so.</summary>
    public long Version { get; init; }

    /// <summary>The job knows of it. False between the write of the intent and the job's answer.</summary>
    public bool Queued { get; init; }

    public int Failures => Status == JobStatus.Running ? Math.Max(0, Attempt - 1) : Attempt;
}
