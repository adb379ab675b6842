using BackupOnline.Agent.BootTests;
using BackupOnline.Agent.Door;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Points;
using BackupOnline.Agent.Repositories;

namespace BackupOnline.Agent.Hosting;

/// <summary>Starts a point from the repository, alone, and says whether it lives.</summary>
internal sealed class BootWork(WorkPlace place) : IWork
{
    /// <summary>What a host says among its capabilities when it can do this.</summary>
    public const string Capability = "boot-test";

    private const string HardwareVirtualization = "/dev/kvm";
    private const int MostPictureBytes = 512 << 10;

    public string Kind => "vmBootTest";

    public async Task<WorkResult> CarryOutAsync(WorkOrder order, Action<Func<JobProgress>> follow, CancellationToken cancellation)
    {
        var speech = place.Context.Screen.Speech;
        await using var open = await place.OpenVaultAsync(cancellation);
        await using var held = await HeldLock.TakeAsync(place.Context, open, HeldLock.Reading, cancellation);
        await open.LoadReadableIndexAsync(place.Context.Screen, cancellation);
        var snapshot = order.Snapshot is { } id
            ? await open.Repository.FindSnapshotAsync(id, null, cancellation)
            : (await new PointHistory(open.Repository).LastAsync(order.MachineId ?? "", cancellation))?.Snapshot
                ?? throw new HypervisorException(HypervisorFault.Operator, "no-point", speech.Say(PointSentences.NoPoint, order.Vm ?? "-"));
        await using var disks = await PointDisks.OpenAsync(open.Repository, snapshot, cancellation);
        var options = new BootTestOptions { Accelerator = File.Exists(HardwareVirtualization) ? "kvm" : "tcg" };
        var verdict = await held.GuardAsync(token => new BootTest(place.Context.Surroundings.Time).RunAsync(disks.Images, options, token));
        var text = BootSentences.Say(speech, verdict.Decision);
        return new WorkResult
        {
            ExitCode = ExitCode.Ok,
            Message = text,
            Snapshot = snapshot.Id.ToString(),
            Boot = new BootPart(
                verdict.Decision.Good,
                text,
                Math.Round(verdict.Took.TotalSeconds, 1),
                verdict.Picture is { Length: <= MostPictureBytes } picture ? Convert.ToBase64String(picture) : null),
        };
    }
}
