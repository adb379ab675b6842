using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Replies;
using Orleans.Concurrency;

namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>A virtual machine that is backed up while it runs: its plan, its days, its recovery points and what speaks against them. Key: <see cref="Names.VmKey"/>.</summary>
[Alias("bo.vm")]
public interface IVirtualMachineGrain : IGrainWithStringKey
{
    [Alias("create")]
    Task<Reply<VmView>> CreateAsync(CreateVm request, CancellationToken cancellation);

    [AlwaysInterleave]
    [Alias("read")]
    Task<Reply<VmView>> ReadAsync(CancellationToken cancellation);

    [AlwaysInterleave]
    [Alias("points")]
    Task<Reply<VmPointList>> PointsAsync(CancellationToken cancellation);

    [AlwaysInterleave]
    [Alias("days")]
    Task<Reply<VmDayList>> DaysAsync(CancellationToken cancellation);

    [Alias("change")]
    Task<Reply<VmView>> ChangeAsync(ChangeVm request, CancellationToken cancellation);

    [Alias("pause")]
    Task<Reply<VmView>> PauseAsync(PauseVm request, CancellationToken cancellation);

    [Alias("exclude")]
    Task<Reply<VmView>> ExcludeAsync(ExcludeVmDisk request, CancellationToken cancellation);

    [Alias("hold")]
    Task<Reply<VmPointView>> HoldAsync(HoldVmPoint request, CancellationToken cancellation);

    /// <summary>Opens a run now; on a day that has its point, one more, recorded as such.</summary>
    [Alias("run")]
    Task<Reply<JobView>> RunAsync(RunVm request, CancellationToken cancellation);

    [Alias("restore")]
    Task<Reply<JobView>> RestoreAsync(RestoreVm request, CancellationToken cancellation);

    /// <summary>The Host's nightly audit has chosen this machine. Once for each <paramref name="dueAt"/>.</summary>
    [Alias("audit")]
    Task AuditAsync(DateTimeOffset dueAt, CancellationToken cancellation);

    /// <summary>What the attempt of one of this machine's jobs is to do.</summary>
    [AlwaysInterleave]
    [Alias("order")]
    Task<Reply<VmOrder>> OrderAsync(string job, CancellationToken cancellation);

    /// <summary>A Job of this machine tells of itself, at least once for each change; what is known changes nothing.</summary>
    [Alias("job-reported")]
    Task JobReportedAsync(VmJobReport report, CancellationToken cancellation);
}
