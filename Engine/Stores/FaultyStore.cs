using System.Runtime.CompilerServices;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Stores;

/// <summary>Another store with planned faults: for tests of everything above a store. Of several faults that fit a call, the first planned one hits.</summary>
public sealed class FaultyStore(IRepositoryStore inner) : IRepositoryStore
{
    private readonly Lock _gate = new();
    private readonly List<Planned> _plan = [];
    private int? _changesLeft;

    public string Location => inner.Location;

    public TimeSpan? ClockOffset => inner.ClockOffset;

    /// <summary>From now on.</summary>
    public void Plan(StoreFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_gate)
            _plan.Add(new Planned(fault));
    }

    /// <summary>From now on so many puts and deletes go through; every later one fails and does nothing, as if the program had been killed there.</summary>
    public void CutOffAfter(int changes)
    {
        lock (_gate)
            _changesLeft = changes;
    }

    public Task CreateAsync(CancellationToken cancellationToken = default) =>
        RunAsync(StoreOperation.Create, ObjectName.Config, async _ =>
        {
            await inner.CreateAsync(cancellationToken);
            return true;
        }, cancellationToken);

    public Task PutAsync(ObjectName name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
        RunAsync(StoreOperation.Put, name, async fault =>
        {
            await inner.PutAsync(name, Harm(fault, bytes), cancellationToken);
            return true;
        }, cancellationToken);

    public Task<byte[]> GetAsync(ObjectName name, CancellationToken cancellationToken = default) =>
        RunAsync(StoreOperation.Get, name, async fault => Harm(fault, await inner.GetAsync(name, cancellationToken)).ToArray(), cancellationToken);

    public Task ReadRangeAsync(ObjectName name, long offset, Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        RunAsync(StoreOperation.ReadRange, name, async fault =>
        {
            await inner.ReadRangeAsync(name, offset, buffer, cancellationToken);
            if (fault == StoreFaultKind.Truncate)
                throw StoreProblems.TooShort(name, offset + buffer.Length);
            Harm(fault, buffer).CopyTo(buffer);
            return true;
        }, cancellationToken);

    public Task<long?> LengthAsync(ObjectName name, CancellationToken cancellationToken = default) =>
        RunAsync(StoreOperation.Length, name, _ => inner.LengthAsync(name, cancellationToken), cancellationToken);

    public async IAsyncEnumerable<StoredObject> ListAsync(ObjectKind kind, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (before, after) = await MeetAsync(StoreOperation.List, kind, cancellationToken);
        if (before is not null)
            throw before;
        await foreach (var stored in inner.ListAsync(kind, cancellationToken))
            yield return stored;
        if (after is not null)
            throw after;
    }

    public Task DeleteAsync(ObjectName name, CancellationToken cancellationToken = default) =>
        RunAsync(StoreOperation.Delete, name, async _ =>
        {
            await inner.DeleteAsync(name, cancellationToken);
            return true;
        }, cancellationToken);

    public Task<StoreRemnants> RemoveRemnantsAsync(DateTimeOffset untouchedSince, CancellationToken cancellationToken = default) =>
        inner.RemoveRemnantsAsync(untouchedSince, cancellationToken);

    public void Dispose() => inner.Dispose();

    private static ReadOnlyMemory<byte> Harm(StoreFaultKind? fault, ReadOnlyMemory<byte> bytes)
    {
        switch (fault)
        {
            case StoreFaultKind.Truncate:
                return bytes[..(bytes.Length / 2)];
            case StoreFaultKind.Corrupt when bytes.Length > 0:
                var harmed = bytes.ToArray();
                harmed[harmed.Length / 2] ^= 0x10;
                return harmed;
            default:
                return bytes;
        }
    }

    private async Task<T> RunAsync<T>(StoreOperation operation, ObjectName name, Func<StoreFaultKind?, Task<T>> run, CancellationToken cancellationToken)
    {
        var fault = Take(operation, name.Kind);
        if (fault is { Kind: StoreFaultKind.Delay, Gate: { } gate })
            await gate(cancellationToken);
        ThrowIfCutOff(operation);
        if (fault?.Kind == StoreFaultKind.FailBefore)
            throw Planned.Failure(fault);
        var result = await run(fault?.Kind);
        return fault?.Kind == StoreFaultKind.FailAfter ? throw Planned.Failure(fault) : result;
    }

    private async Task<(RepositoryException? Before, RepositoryException? After)> MeetAsync(
        StoreOperation operation, ObjectKind kind, CancellationToken cancellationToken)
    {
        var fault = Take(operation, kind);
        if (fault is { Kind: StoreFaultKind.Delay, Gate: { } gate })
            await gate(cancellationToken);
        return (fault?.Kind == StoreFaultKind.FailBefore ? Planned.Failure(fault) : null,
            fault?.Kind == StoreFaultKind.FailAfter ? Planned.Failure(fault) : null);
    }

    private void ThrowIfCutOff(StoreOperation operation)
    {
        lock (_gate)
        {
            if (operation is StoreOperation.Put or StoreOperation.Delete && _changesLeft is { } left && (_changesLeft = Math.Max(0, left - 1)) == left)
                throw new RepositoryException(RepositoryProblem.Unreachable, "The store was cut off here, as planned.");
        }
    }

    private StoreFault? Take(StoreOperation operation, ObjectKind kind)
    {
        lock (_gate)
            return _plan.Find(planned => planned.Hits(operation, kind))?.Fault;
    }

    private sealed class Planned(StoreFault fault)
    {
        private int _seen;

        public StoreFault Fault => fault;

        public static RepositoryException Failure(StoreFault fault) => new(fault.Problem, $"A planned fault: {fault.Kind} of {fault.Operation}.");

        public bool Hits(StoreOperation operation, ObjectKind kind)
        {
            if (fault.Operation != operation || (fault.ObjectKind is { } only && only != kind))
                return false;
            _seen++;
            return _seen > fault.Skip && _seen <= fault.Skip + fault.Times;
        }
    }
}
