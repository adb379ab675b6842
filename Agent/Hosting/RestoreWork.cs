using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Door;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Points;
using BackupOnline.Agent.Repositories;
using BackupOnline.Engine.Restoring;

namespace BackupOnline.Agent.Hosting;

/// <summary>Makes a machine anew on this host: off, without network, beside the original.</summary>
internal sealed class RestoreWork(WorkPlace place, IMachineRestoreTarget target) : IWork
{
    public string Kind => "vmRestore";

    public async Task<WorkResult> CarryOutAsync(WorkOrder order, Action<Func<JobProgress>> follow, CancellationToken cancellation)
    {
        var speech = place.Context.Screen.Speech;
        await using var open = await place.OpenVaultAsync(cancellation);
        await using var held = await HeldLock.TakeAsync(place.Context, open, HeldLock.Reading, cancellation);
        await open.LoadReadableIndexAsync(place.Context.Screen, cancellation);
        var history = new PointHistory(open.Repository);
        var point = order.Snapshot is { } id
            ? await history.ReadAsync(await open.Repository.FindSnapshotAsync(id, null, cancellation), cancellation)
            : await history.LastAsync(order.MachineId ?? "", cancellation)
                ?? throw new HypervisorException(HypervisorFault.Operator, "no-point", speech.Say(PointSentences.NoPoint, order.Vm ?? "-"));

        var progress = new RestoreProgress();
        follow(() => RestoreReport.ForDoor(progress.Read()));
        var name = order.Restore?.Name ?? $"{point.Description.MachineName}-restored";
        var folder = order.Restore?.Folder ?? place.Settings.RestoreFolder;
        var restore = new PointRestore(open.Repository, target);
        var where = await held.GuardAsync(token => restore.RunAsync(point, name, folder, order.Restore?.Format ?? place.Settings.RestoreFormat, progress, token));
        return new WorkResult
        {
            ExitCode = ExitCode.Ok,
            Message = speech.Say(PointSentences.Restored, name, where),
            Snapshot = point.Snapshot.Id.ToString(),
        };
    }
}
