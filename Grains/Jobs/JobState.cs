using System.Text.Json.Serialization;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.VirtualMachines;
using BackupOnline.Grains.Records;
using BackupOnline.Persistence.Storage;
using BackupOnline.Rules.Jobs;

namespace BackupOnline.Grains.Jobs;

internal sealed class JobState : RememberingState
{
    public string Tenant { get; set; } = "";

    public string Id { get; set; } = "";

    public JobKind Kind { get; set; }

    public string Host { get; set; } = "";

    public string Vault { get; set; } = "";

    /// <summary>Null only before the first write.</summary>
    [JsonConverter(typeof(JobRunJson))]
    public JobRun? Run { get; set; }

    public JobProgress Progress { get; set; } = new();

    public string Message { get; set; } = "";

    /// <summary>The virtual machine that ordered the run; null for an agent's own.</summary>
    public string? Vm { get; set; }

    public string? MachineId { get; set; }

    /// <summary>Why the last attempt failed.</summary>
    public VmFailure? Failure { get; set; }

    public VmPoint? Point { get; set; }

    public VmAudit? Audit { get; set; }

    /// <summary>Without its picture.</summary>
    public VmBoot? Boot { get; set; }

    public byte[]? Picture { get; set; }

    public JobView ToView(long version) => new()
    {
        Tenant = Tenant,
        Id = Id,
        Kind = Kind,
        Host = Host,
        Vault = Vault,
        Status = ToStatus(Run!.Standing),
        Attempt = Run.Attempt,
        StartedAt = Run.StartedAt.ToDateTimeOffset(),
        EndedAt = Run.EndedAt?.ToDateTimeOffset(),
        LeaseEndsAt = Run.LeaseEndsAt?.ToDateTimeOffset(),
        Progress = Progress,
        Snapshot = Run.Snapshot,
        ExitCode = Run.ExitCode,
        Message = Message,
        Version = version,
        Vm = Vm,
        NextAttemptAt = Run.NextAttemptAt?.ToDateTimeOffset(),
        Failure = Failure,
    };

    public override ListingRow? ToListing(long version) =>
        Run is null ? null : new() { Kind = ListingKind.Job, Scope = Tenant, Name = Id, View = ListingJson.Write(ToView(version)) };

    private static JobStatus ToStatus(JobStanding standing) => standing switch
    {
        JobStanding.Running => JobStatus.Running,
        JobStanding.Interrupted => JobStatus.Interrupted,
        JobStanding.Succeeded => JobStatus.Succeeded,
        JobStanding.Partial => JobStatus.Partial,
        JobStanding.Queued => JobStatus.Queued,
        _ => JobStatus.Failed,
    };
}
