using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Objects;
using BackupOnline.StorageNode.Vaults;

namespace BackupOnline.StorageNode.Announcements;

/// <summary>What grains have still to be told. Nothing here is the truth: the folders are, and they are told again at start and hourly.</summary>
internal sealed class News(TimeProvider clock)
{
    /// <summary>More than so many waiting arrivals of one vault become "tell the whole list".</summary>
    private const int MostWaiting = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<VaultKey, List<SnapshotArrival>> _arrivals = [];
    private readonly HashSet<VaultKey> _wholeLists = [];
    private readonly HashSet<Vault> _changed = [];
    private TaskCompletionSource _somethingArrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when there are snapshots to tell of.</summary>
    public Task ArrivedAsync()
    {
        lock (_lock)
            return _somethingArrived.Task;
    }

    public void Stored(Vault vault, ObjectId id, long bytes, string keyId)
    {
        if (id.Type == ObjectType.Snapshots)
            Add(vault.Key, [new SnapshotArrival { Snapshot = id.Name, ReceivedAt = clock.GetUtcNow(), Bytes = bytes, KeyId = keyId }]);

        Changed(vault);
    }

    public void Changed(Vault vault)
    {
        lock (_lock)
            _changed.Add(vault);
    }

    /// <summary>The vault's whole list of snapshots is to be told.</summary>
    public void TellAll(VaultKey vault)
    {
        lock (_lock)
        {
            _wholeLists.Add(vault);
            _somethingArrived.TrySetResult();
        }
    }

    /// <summary>Adds arrivals, or puts back what could not be told.</summary>
    public void Add(VaultKey vault, IReadOnlyCollection<SnapshotArrival> arrivals)
    {
        lock (_lock)
        {
            if (!_arrivals.TryGetValue(vault, out var waiting))
                _arrivals[vault] = waiting = [];

            waiting.AddRange(arrivals);
            if (waiting.Count > MostWaiting)
            {
                _arrivals.Remove(vault);
                _wholeLists.Add(vault);
            }

            _somethingArrived.TrySetResult();
        }
    }

    /// <summary>Takes everything that is to be told of snapshots.</summary>
    public (Dictionary<VaultKey, List<SnapshotArrival>> Arrivals, List<VaultKey> WholeLists) TakeArrivals()
    {
        lock (_lock)
        {
            var taken = (new Dictionary<VaultKey, List<SnapshotArrival>>(_arrivals), _wholeLists.ToList());
            _arrivals.Clear();
            _wholeLists.Clear();
            _somethingArrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return taken;
        }
    }

    /// <summary>Takes the vaults whose usage changed.</summary>
    public IReadOnlyList<Vault> TakeChanged()
    {
        lock (_lock)
        {
            List<Vault> taken = [.. _changed];
            _changed.Clear();
            return taken;
        }
    }
}
