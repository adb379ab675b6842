using System.Security.Cryptography;
using BackupOnline.Agent.Door;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Points;
using BackupOnline.Agent.Repositories;

namespace BackupOnline.Agent.Hosting;

/// <summary>Audits the change tracking of one disk of a machine.</summary>
internal sealed class AuditWork(WorkPlace place) : IWork
{
    public string Kind => "vmAudit";

    public async Task<WorkResult> CarryOutAsync(WorkOrder order, Action<Func<JobProgress>> follow, CancellationToken cancellation)
    {
        var speech = place.Context.Screen.Speech;
        var machine = await place.FindMachineAsync(order.MachineId, cancellation);
        await using var open = await place.OpenVaultAsync(cancellation);
        await using var held = await HeldLock.TakeAsync(place.Context, open, HeldLock.Reading, cancellation);
        await open.LoadReadableIndexAsync(place.Context.Screen, cancellation);
        var last = await new PointHistory(open.Repository).LastAsync(machine.StableId, cancellation)
            ?? throw new HypervisorException(HypervisorFault.Transient, "no-point", speech.Say(PointSentences.NoPoint, machine.Name));
        var audit = new PointAudit(place.Driver, open.Repository, new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));
        var result = await held.GuardAsync(token => audit.RunAsync(machine, last, place.Settings.ScratchFolder, null, token));
        return new WorkResult
        {
            ExitCode = ExitCode.Ok,
            Message = speech.Say(result.Mismatches.Count == 0 ? PointSentences.AuditGood : PointSentences.AuditBad, result.Disk, result.Extents, result.Mismatches.Count),
            Snapshot = last.Snapshot.Id.ToString(),
            Audit = new AuditPart(result.Disk, result.Extents, result.Bytes, [.. result.Mismatches.Select(extent => new AuditMismatch(extent.Offset, extent.Length))]),
        };
    }
}
