using BackupOnline.Grains.Interfaces.Replies;
using Orleans.Concurrency;

namespace BackupOnline.Grains.Interfaces.Hosts;

/// <summary>An agent's machine: enrolment, presence, capabilities, open work. Key: <see cref="Names.HostKey"/>.</summary>
[Alias("bo.host")]
public interface IHostGrain : IGrainWithStringKey
{
    /// <summary>Announces the machine and opens a one-time enrolment of 15 minutes (decision 25). May be called again to open a new one.</summary>
    [Alias("invite")]
    Task<Reply<HostView>> InviteAsync(InviteHost request, CancellationToken cancellation);

    /// <summary>Redeems the one-time code. A second try with the same code, public key and secrets within its 15 minutes is a repetition, any other one is refused.</summary>
    [Alias("enrol")]
    Task<Reply<HostView>> EnrolAsync(EnrolHost request, CancellationToken cancellation);

    [AlwaysInterleave]
    [Alias("read")]
    Task<Reply<HostView>> ReadAsync(CancellationToken cancellation);

    /// <summary>True when the secret is the one made at enrolment and the host is not retired.</summary>
    [Alias("authenticate")]
    Task<bool> AuthenticateAsync(string secretSha256, CancellationToken cancellation);

    /// <summary>Presence and capabilities. Presence is kept in memory and written at most once a minute.</summary>
    [Alias("beat")]
    Task<Reply<HostView>> BeatAsync(HostBeat request, CancellationToken cancellation);

    /// <summary>Opens a backup, restore or check run of this host, or finds the one that was interrupted for the same vault and kind.</summary>
    [Alias("open-job")]
    Task<Reply<Jobs.JobView>> OpenJobAsync(OpenHostJob request, CancellationToken cancellation);

    /// <summary>A VirtualMachine says that it lives here. Again: nothing changes. Refused for another vault than the host's, or a machine that another one has.</summary>
    [Alias("adopt")]
    Task<Reply<HostView>> AdoptAsync(AdoptVm request, CancellationToken cancellation);

    [Alias("report-machines")]
    Task<Reply<HostMachineList>> ReportMachinesAsync(ReportMachines request, CancellationToken cancellation);

    [AlwaysInterleave]
    [Alias("machines")]
    Task<Reply<HostMachineList>> MachinesAsync(CancellationToken cancellation);

    /// <summary>All work that is offered now.</summary>
    [AlwaysInterleave]
    [Alias("work")]
    Task<Reply<WorkList>> WorkAsync(CancellationToken cancellation);

    /// <summary>A Job of a virtual machine tells how it stands, at least once for each change.</summary>
    [Alias("work-changed")]
    Task WorkChangedAsync(WorkChange change, CancellationToken cancellation);

    /// <summary>A Job tells that it has ended, at least once.</summary>
    [Alias("job-ended")]
    Task JobEndedAsync(string job, CancellationToken cancellation);
}
