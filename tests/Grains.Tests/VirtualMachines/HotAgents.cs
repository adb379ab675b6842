using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Hosts;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.VirtualMachines;
using BackupOnline.Grains.Tests.Running;

namespace BackupOnline.Grains.Tests.VirtualMachines;

/// <summary>Agents as the grains see them: they take what is offered, report, fail, vanish and come back, and tell the rest as real ones do, until they are heard.</summary>
internal sealed class HotAgents(GrainCluster cluster, string tenant, Random dice)
{
    // So many misfortunes of one machine and day, and the day can still be saved.
    private const int MostMisfortunes = 3;

    private readonly Dictionary<string, int> misfortunes = [];
    private readonly Dictionary<string, int> sequences = [];

    public List<HotPoint> Made { get; } = [];

    public int Failures { get; private set; }

    public int Vanished { get; private set; }

    public int Mismatches { get; private set; }

    /// <summary>One round of one host; true when it did something.</summary>
    public async Task<bool> WorkAsync(HotHost host)
    {
        await CallAsync(() => host.Grain.BeatAsync(new() { Caller = World.NewCaller(), Capabilities = ["linux", "boot-test"] }, default));
        var work = await CallAsync(() => host.Grain.WorkAsync(default));
        var acted = false;
        foreach (var offer in work.Value!.Items.Where(offer => offer.NotBefore is not { } at || at <= cluster.Clock.GetUtcNow()))
        {
            acted |= await TakeUpAsync(host, offer);
        }

        return acted;
    }

    /// <summary>As a client does it: the same operation again until an answer comes.</summary>
    public static async Task<Reply<T>> CallAsync<T>(Func<Task<Reply<T>>> call)
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception fault) when (fault is TimeoutException or OrleansException or InvalidOperationException && attempt < 60)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
            }
        }
    }

    private async Task<bool> TakeUpAsync(HotHost host, WorkOffer offer)
    {
        var job = cluster.Grains.Get(new JobKey(tenant, offer.Job));
        var take = new TakeJob { Caller = World.NewCaller(), Host = host.Name };
        var taken = await CallAsync(() => job.TakeAsync(take, default));
        if (!taken.Succeeded) return false;

        var vm = cluster.Grains.Get(new VmKey(tenant, offer.Vm));
        var order = await CallAsync(() => vm.OrderAsync(offer.Job, default));
        var day = $"{offer.Vm}/{cluster.Clock.GetUtcNow():yyyyMMdd}/{offer.Kind}";
        var luck = misfortunes.GetValueOrDefault(day) >= MostMisfortunes || !order.Succeeded ? 99 : dice.Next(100);
        if (luck < 25) misfortunes[day] = misfortunes.GetValueOrDefault(day) + 1;
        if (luck < 8)
        {
            // The machine of the agent loses power: nobody hears of this attempt again.
            Vanished++;
            return true;
        }

        await CallAsync(() => job.ReportAsync(new() { Caller = World.NewCaller(), Attempt = taken.Value!.Attempt, Progress = new() { BytesDone = 1 } }, default));
        var finish = new FinishJob { Caller = World.NewCaller(), Attempt = taken.Value!.Attempt, ExitCode = 0 };
        if (luck < 25)
        {
            Failures++;
            VmFault[] faults = [VmFault.Transient, VmFault.Busy, VmFault.PointBroken];
            finish = finish with { ExitCode = 1, Failure = new() { Code = "simulated", Fault = faults[luck % 3], Text = "A simulated failure." } };
        }
        else
        {
            finish = Done(offer, order.Value, finish);
        }

        var reply = await CallAsync(() => job.FinishAsync(finish, default));
        Assert.True(reply.Succeeded, $"{offer.Kind} of {offer.Vm}: {reply.Refusal?.Code}");
        if (finish.Point is { } point) Made.Add(new(offer.Vm, point.Snapshot, point.At, offer.Job));
        return true;
    }

    private FinishJob Done(WorkOffer offer, VmOrder? order, FinishJob finish)
    {
        if (offer.Kind == JobKind.VmBackup) return finish with { Point = NewPoint(offer.Vm, order) };
        if (offer.Kind == JobKind.VmBootTest)
        {
            var good = dice.Next(100) < 95;
            if (!good) Doubt(order!.Snapshot!);
            return finish with { Boot = new() { Good = good, Verdict = good ? "probe-answered" : "no-answer", Seconds = 3 } };
        }

        var mismatch = dice.Next(100) < 6;
        if (mismatch)
        {
            Mismatches++;
            Doubt(order!.Snapshot!);
        }

        return finish with { Audit = new() { Disk = order!.Disk!, Extents = 64, Bytes = 1 << 22, Mismatches = mismatch ? [new() { Offset = 0, Length = 4096 }] : [] } };
    }

    private void Doubt(string snapshot) => Made.Single(point => point.Snapshot == snapshot).Suspect = true;

    private VmPoint NewPoint(string vm, VmOrder? order)
    {
        var sequence = sequences[vm] = sequences.GetValueOrDefault(vm) + 1;
        var whole = sequence == 1 || order?.ReadWhole.ContainsKey("disk0") == true;
        return new()
        {
            Snapshot = SecretText.Sha256($"{tenant}/{vm}/{sequence}"),
            Epoch = $"bo-0123456789ab-{sequence}",
            At = cluster.Clock.GetUtcNow(),
            Consistency = VmConsistency.Application,
            Disks = [new() { Id = "disk0", Size = 1 << 30, Basis = whole ? VmDiskBasis.Full : VmDiskBasis.Incremental, BytesRead = 1, BytesChanged = 1 }],
        };
    }
}
