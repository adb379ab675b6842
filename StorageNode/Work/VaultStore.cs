using System.Runtime.CompilerServices;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Announcements;
using BackupOnline.StorageNode.Disks;
using BackupOnline.StorageNode.Objects;
using BackupOnline.StorageNode.Protocol;
using BackupOnline.StorageNode.Vaults;
using ObjectId = BackupOnline.StorageNode.Objects.ObjectId;

namespace BackupOnline.StorageNode.Work;

/// <summary>
/// A vault of this disk as the engine's store, for the worker: the same object layer that requests go through, with what a prune credential may do and no more
/// (decisions 16 and 17). What it deletes is hidden for the immutability window, what it stores is checked against its name and the quota. One disk operation
/// at a time, so that customers' requests find nearly all of the disk's threads free.
/// </summary>
internal sealed class VaultStore(Vault vault, CredentialVerdict verdict, DiskCrew crew, DiskSpace space, News news) : IRepositoryStore
{
    /// <summary>Owner of the worker's locks. No credential's key id looks like it.</summary>
    public const string Owner = "storage-worker";

    private const int Page = 1000;

    private readonly SemaphoreSlim _one = new(1);

    public string Location => $"vault {vault.Key.Tenant}/{vault.Key.Vault}";

    // Locks are judged by the clock of this process, which is the shelf's.
    public TimeSpan? ClockOffset => null;

    public Task CreateAsync(CancellationToken cancellationToken = default) => OnDiskAsync(vault.Folder.Create, cancellationToken);

    public Task PutAsync(ObjectName name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) => OnDiskAsync(() => Put(name, bytes.Span), cancellationToken);

    public Task<byte[]> GetAsync(ObjectName name, CancellationToken cancellationToken = default) => OnDiskAsync(
        () =>
        {
            using var file = vault.OpenRead(Of(name)) ?? throw Missing(name);
            var bytes = new byte[RandomAccess.GetLength(file)];
            Fill(name, file, 0, bytes);
            return bytes;
        },
        cancellationToken);

    public Task ReadRangeAsync(ObjectName name, long offset, Memory<byte> buffer, CancellationToken cancellationToken = default) => OnDiskAsync(
        () =>
        {
            using var file = vault.OpenRead(Of(name)) ?? throw Missing(name);
            Fill(name, file, offset, buffer.Span);
        },
        cancellationToken);

    public Task<long?> LengthAsync(ObjectName name, CancellationToken cancellationToken = default) => OnDiskAsync(() => vault.Size(Of(name)), cancellationToken);

    public async IAsyncEnumerable<StoredObject> ListAsync(ObjectKind kind, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (kind == ObjectKind.Config)
        {
            if (await LengthAsync(ObjectName.Config, cancellationToken) is { } length)
                yield return new StoredObject(ObjectName.Config, length);
            yield break;
        }

        using var objects = await OnDiskAsync(() => vault.Folder.List(TypeOf(kind)).GetEnumerator(), cancellationToken);
        while (true)
        {
            var page = await OnDiskAsync(() => Take(objects), cancellationToken);
            foreach (var (name, bytes) in page)
                yield return new StoredObject(new ObjectName(kind, name), bytes);
            if (page.Count < Page)
                yield break;
        }
    }

    public Task DeleteAsync(ObjectName name, CancellationToken cancellationToken = default) => OnDiskAsync(() => Delete(name), cancellationToken);

    public void Dispose() => _one.Dispose();

    private static List<(string Name, long Bytes)> Take(IEnumerator<(string Name, long Bytes)> objects)
    {
        var page = new List<(string, long)>();
        while (page.Count < Page && objects.MoveNext())
            page.Add(objects.Current);
        return page;
    }

    private static ObjectType TypeOf(ObjectKind kind) => kind switch
    {
        ObjectKind.Config => ObjectType.Config,
        ObjectKind.Data => ObjectType.Data,
        ObjectKind.Index => ObjectType.Index,
        ObjectKind.Key => ObjectType.Keys,
        ObjectKind.Lock => ObjectType.Locks,
        ObjectKind.Snapshot => ObjectType.Snapshots,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static ObjectId Of(ObjectName name) => name.Kind == ObjectKind.Config ? ObjectId.Config : ObjectId.Named(TypeOf(name.Kind), name.Name);

    private static void Fill(ObjectName name, Microsoft.Win32.SafeHandles.SafeFileHandle file, long offset, Span<byte> buffer)
    {
        for (var done = 0; done < buffer.Length;)
        {
            var read = RandomAccess.Read(file, buffer[done..], offset + done);
            if (read == 0)
                throw new RepositoryException(RepositoryProblem.Corrupt, $"{name} is damaged: it ends before byte {offset + buffer.Length}. Put it back from a copy of the vault.");
            done += read;
        }
    }

    private void Put(ObjectName name, ReadOnlySpan<byte> bytes)
    {
        var id = Of(name);
        using var room = new Room(vault.Usage, space, verdict, id.Type);
        if (room.Take(bytes.Length) is { } full)
            throw new RepositoryException(RepositoryProblem.NoRoom, full);

        vault.Folder.Create();
        using var upload = Incoming.ToFile(vault.Folder, bytes.Length);
        upload.Append(bytes);
        if (id.Type != ObjectType.Config && upload.Name() != id.Name)
            throw new RepositoryException(RepositoryProblem.Corrupt, $"The content of {name} does not match its name: nothing was stored. Look at this machine's memory.");

        var outcome = vault.Commit(id, upload, Owner);
        if (outcome == CommitOutcome.ConfigDiffers)
            throw new RepositoryException(RepositoryProblem.RepositoryExists, $"There is already a repository in {Location}, with another config. It is never overwritten.");
        if (outcome == CommitOutcome.Stored)
            news.Stored(vault, id, bytes.Length, Owner);
    }

    private void Delete(ObjectName name)
    {
        var id = Of(name);
        if (id.Type == ObjectType.Config)
            throw new RepositoryException(RepositoryProblem.AccessDenied, "A vault's config is never deleted.");

        if (id.Type == ObjectType.Locks)
        {
            if (vault.RemoveLock(id, Owner, mayRemoveStale: true) == LockRemoval.NotYours)
                throw new RepositoryException(RepositoryProblem.AccessDenied, "The lock is another credential's, and not over 30 minutes old.");
            news.Changed(vault);
        }
        else if (vault.Hide(id, verdict.ImmutabilityWindow))
        {
            news.Changed(vault);
        }
    }

    private RepositoryException Missing(ObjectName name) =>
        new(RepositoryProblem.NotFound, $"{name} is missing in {Location}. Put it back from a copy of the vault.");

    private Task<bool> OnDiskAsync(Action work, CancellationToken cancellation) => OnDiskAsync(
        () =>
        {
            work();
            return true;
        },
        cancellation);

    private async Task<T> OnDiskAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            return await crew.RunAsync(work);
        }
        catch (Exception e) when (DiskSpace.IsFull(e))
        {
            throw new RepositoryException(RepositoryProblem.NoRoom, Room.DiskFull, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RepositoryException(RepositoryProblem.Unreachable, $"{Location} cannot be read or written: {e.Message} Look at its disk.", e);
        }
        finally
        {
            _one.Release();
        }
    }
}
