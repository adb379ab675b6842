using System.Collections.Concurrent;
using System.Reflection;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Traffic;

namespace BackupOnline.StorageNode.Tests.Hosting;

/// <summary>Keeps reports as the real grain does, the larger of each (node, boot, slot), and gives the share that the test sets.</summary>
internal sealed class StubTraffic(StubCluster cluster)
{
    private readonly ConcurrentDictionary<(string Node, string Boot, long Slot), (long In, long Out)> _slots = new();

    public ConcurrentQueue<ReportTraffic> Reports { get; } = new();

    public ConcurrentQueue<AskShare> Asks { get; } = new();

    public TrafficShare Share { get; set; } = new() { BitsPerSecond = 100_000_000, NextSlotBitsPerSecond = 100_000_000 };

    /// <summary>A report with such a slot is refused.</summary>
    public Func<long, bool> Refuses { get; set; } = _ => false;

    public IReadOnlyDictionary<(string Node, string Boot, long Slot), (long In, long Out)> Slots => _slots;

    public (long In, long Out) Total => (_slots.Values.Sum(slot => slot.In), _slots.Values.Sum(slot => slot.Out));

    /// <summary>The two calls that a node makes; the others are not for it.</summary>
    public ITrafficGrain AsGrain()
    {
        var grain = DispatchProxy.Create<ITrafficGrain, GrainProxy>();
        ((GrainProxy)(object)grain).Stub = this;
        return grain;
    }

    private Task<Reply<TrafficReceipt>> ReportAsync(ReportTraffic request)
    {
        cluster.ThrowIfDown();
        Reports.Enqueue(request);
        if (request.Slots.Any(slot => Refuses(slot.Slot)))
            return Task.FromResult<Reply<TrafficReceipt>>(Refusal.Invalid("slot-of-the-future", "Set the clock."));

        foreach (var slot in request.Slots)
        {
            _slots.AddOrUpdate(
                (request.Node, request.Boot, slot.Slot),
                (slot.InBytes, slot.OutBytes),
                (_, known) => (Math.Max(known.In, slot.InBytes), Math.Max(known.Out, slot.OutBytes)));
        }

        return Task.FromResult(Reply<TrafficReceipt>.Done(new() { Taken = request.Slots.Length, Sealed = 0 }));
    }

    private Task<Reply<TrafficShare>> ShareAsync(AskShare request)
    {
        cluster.ThrowIfDown();
        Asks.Enqueue(request);
        return Task.FromResult(Reply<TrafficShare>.Done(Share));
    }

#pragma warning disable CA1852 // DispatchProxy derives from it.
    public class GrainProxy : DispatchProxy
    {
        internal StubTraffic Stub { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => args?[0] switch
        {
            ReportTraffic report => Stub.ReportAsync(report),
            AskShare ask => Stub.ShareAsync(ask),
            _ => throw new NotSupportedException(targetMethod?.ToString()),
        };
    }
#pragma warning restore CA1852
}
