using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Door;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Points;
using BackupOnline.Agent.Repositories;
using BackupOnline.Engine.Archiving;

namespace BackupOnline.Agent.Hosting;

/// <summary>Backs a machine up: one recovery point.</summary>
internal sealed class BackupWork(WorkPlace place) : IWork
{
    public string Kind => "vmBackup";

    public async Task<WorkResult> CarryOutAsync(WorkOrder order, Action<Func<JobProgress>> follow, CancellationToken cancellation)
    {
        var machine = await place.FindMachineAsync(order.MachineId, cancellation);
        await using var open = await place.OpenVaultAsync(cancellation);
        await using var held = await HeldLock.TakeAsync(place.Context, open, HeldLock.Writing, cancellation);
        await open.Repository.LoadIndexAsync(onDamaged: null, cancellation);
        var progress = new BackupProgress();
        follow(() => BackupReport.ForDoor(progress.Read()));
        var outcome = await held.GuardAsync(token => new PointRun(place.Driver, open.Repository, Options(order, machine.Name)).RunAsync(machine, progress, token));
        var description = outcome.Description;
        var leftOut = description.Skipped.Except(order.ExcludedDisks).Any();
        return new WorkResult
        {
            ExitCode = leftOut ? ExitCode.Partial : ExitCode.Ok,
            Message = place.Context.Screen.Speech.Say(PointSentences.Done, machine.Name, outcome.Snapshot.Id.ToString()[..8], description.Consistency),
            Snapshot = outcome.Snapshot.Id.ToString(),
            Point = PartOf(outcome),
        };
    }

    private PointRunOptions Options(WorkOrder order, string machineName) => new()
    {
        Folder = order.Vm ?? machineName,
        Host = place.Enrolment.Host!,
        ScratchFolder = place.Settings.ScratchFolder,
        Job = order.Job,
        Wanted = PointWords.ParseConsistency(order.Wanted) ?? Hypervisors.Consistency.Application,
        AllowFallback = order.AllowFallback,
        FreezeDeadline = order.FreezeDeadlineMilliseconds is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
        ScratchBudget = order.ScratchBudgetBytes,
        ExcludedDisks = [.. order.ExcludedDisks],
        ReadWhole = order.ReadWhole,
    };

    private static PointPart PartOf(PointOutcome outcome)
    {
        var description = outcome.Description;
        return new PointPart
        {
            Snapshot = outcome.Snapshot.Id.ToString(),
            Epoch = description.Epoch,
            At = description.At,
            Consistency = description.Consistency,
            FallbackReason = description.FallbackReason,
            FrozenMilliseconds = (long)Math.Ceiling(description.FrozenMilliseconds),
            Disks = [.. description.Disks.Select(disk => PartOf(disk, outcome.Traffic[disk.Id]))],
            Skipped = description.Skipped,
            Warnings = [.. description.Warnings, .. outcome.Put, .. outcome.NotCommitted is { } reason ? [reason] : Array.Empty<string>()],
        };
    }

    private static PointDiskPart PartOf(PointDiskDescription disk, DiskTraffic traffic) =>
        new(disk.Id, disk.Size, disk.Basis, disk.Reason, disk.Detail, traffic.Read, traffic.Changed);
}
