namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>A Job tells of itself, at least once for each change.</summary>
[GenerateSerializer, Immutable, Alias("bo.vm.job-report")]
public sealed record VmJobReport
{
    [Id(0)] public required Jobs.JobView Job { get; init; }

    [Id(1)] public VmPoint? Point { get; init; }

    [Id(2)] public VmAudit? Audit { get; init; }

    /// <summary>Without its picture, which the job keeps.</summary>
    [Id(3)] public VmBoot? Boot { get; init; }

    /// <summary>The job keeps a picture of the boot test.</summary>
    [Id(4)] public bool HasPicture { get; init; }
}
