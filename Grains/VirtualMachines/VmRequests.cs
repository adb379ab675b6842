using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Interfaces.VirtualMachines;
using BackupOnline.Grains.Schedules;

namespace BackupOnline.Grains.VirtualMachines;

/// <summary>What people's requests must keep.</summary>
internal static class VmRequests
{
    public const int MostDisks = 64;

    public static Refusal TooManyDisks { get; } = Refusal.Invalid("excluded-disks-invalid", $"At most {MostDisks} disks are left out.");

    public static Refusal? Check(CreateVm request) =>
        Requests.Check.Name(request.Host, "host")
        ?? Requests.Check.Text(request.MachineId, "machine id", 1, 200)
        ?? Requests.Check.Name(request.Vault, "vault")
        ?? CheckPlan(request.WindowStart, request.WindowLength, request.Wanted, request.ExcludedDisks);

    public static Refusal? Check(ChangeVm request) => CheckPlan(request.WindowStart, request.WindowLength, request.Wanted, request.ExcludedDisks);

    public static Refusal? Check(RestoreVm request) =>
        Requests.Check.Hash(request.Snapshot, "snapshot")
        ?? Requests.Check.Text(request.Name, "name", 1, 100)
        ?? (request.Folder is null ? null : Requests.Check.Text(request.Folder, "folder", 1, 500))
        ?? Requests.Check.Known(request.Format, "format");

    public static TimingSpec Timing(string start, TimeSpan length) => TimingSpec.Daily(start, Paris.Name, window: length);

    private static Refusal? CheckPlan(string start, TimeSpan length, VmConsistency wanted, ImmutableArray<string> excluded) =>
        Requests.Check.Text(start, "window start", 5, 5)
        ?? Timings.Check(Timing(start, length))
        ?? Requests.Check.Known(wanted, "consistency")
        ?? (excluded.IsDefault || excluded.Length > MostDisks ? TooManyDisks : null)
        ?? excluded.Select(disk => Requests.Check.Text(disk, "disk", 1, 200)).FirstOrDefault(refusal => refusal is not null);
}
