using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Buffers;
using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Packs;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Repositories;

/// <summary>
/// An open repository: blobs and snapshots over a store, with the master key in memory. Does not own the store.
/// Failures are <see cref="RepositoryException"/>. Saving and loading blobs is thread-safe.
/// </summary>
public sealed partial class Repository : IAsyncDisposable
{
    /// <summary>An index of so many leaves tens of MB behind when it was read.</summary>
    private const int ManyBlobs = 20_000;

    private readonly MasterKey _key;
    private readonly ObjectId _keyId;
    private readonly PackWriter _packs;
    private readonly TreeReadAhead _trees;

    private Repository(IRepositoryStore store, RepositoryOptions options, MasterKey key, ObjectId keyId, RepositoryConfig config)
    {
        (Store, Options, Config, _key, _keyId) = (store, options, config, key, keyId);
        Cipher = new RepositoryCipher(key);
        _trees = new TreeReadAhead(store);
        _packs = new PackWriter(store, Cipher, Index, new IndexFlusher(store, Cipher, options), options);
    }

    public RepositoryConfig Config { get; }

    public RepositoryOptions Options { get; }

    public IRepositoryStore Store { get; }

    /// <summary>Empty until <see cref="LoadIndexAsync"/>; blobs saved in this run are added to it.</summary>
    public BlobIndex Index { get; } = new();

    /// <summary>What prunes have marked; filled by <see cref="LoadIndexAsync"/>.</summary>
    internal PackMarks Marks { get; } = new();

    internal RepositoryCipher Cipher { get; }

    /// <summary>Now by the store's clock, where it tells its time, else by ours.</summary>
    internal DateTimeOffset StoreNow => Options.Time.GetUtcNow() + (Store.ClockOffset ?? TimeSpan.Zero);

    /// <summary>
    /// Makes a repository: folders, a key for the password, the config. RepositoryExists when there is one already.
    /// An init that was cut off is completed by another one with the same password.
    /// </summary>
    public static async Task<Repository> InitAsync(
        IRepositoryStore store, string password, RepositoryOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (valid, secret) = Checked(store, password, options);
        var (key, keyId, config) = await RepositoryDoor.InitAsync(store, secret, valid, cancellationToken);
        return new Repository(store, valid, key, keyId, config);
    }

    /// <summary>Tries every key with the password and reads the config: NoRepository, WrongPassword, UnsupportedVersion or Corrupt when that fails.</summary>
    public static async Task<Repository> OpenAsync(
        IRepositoryStore store, string password, RepositoryOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (valid, secret) = Checked(store, password, options);
        var (key, keyId, config) = await RepositoryDoor.OpenAsync(store, secret, valid, cancellationToken);
        return new Repository(store, valid, key, keyId, config);
    }

    /// <summary>
    /// Reads all index files into <see cref="Index"/>. List snapshots first if both are needed: what a listed snapshot needs is then in the index.
    /// One that is damaged is given to <paramref name="onDamaged"/> and left out; without it, its Corrupt, which names the file, is thrown.
    /// </summary>
    public async Task LoadIndexAsync(Action<ObjectId, RepositoryException>? onDamaged = null, CancellationToken cancellationToken = default)
    {
        await ReadAllAsync(
            ObjectKind.Index,
            (name, json) => ReadIndex(name, json, Index.AddPack, (pack, since) => Marks.Add(name.Id, pack, since)),
            onDamaged,
            cancellationToken);
        if (Index.Count > ManyBlobs)
            Heap.Trim();
    }

    /// <summary>Reads one index file pack by pack. The list of blobs is used again for the next pack.</summary>
    internal async Task ReadIndexFileAsync(
        ObjectName name, Action<ObjectId, IReadOnlyList<PackedBlob>> onPack, Action<ObjectId, DateTimeOffset> onMark, CancellationToken cancellationToken) =>
        UnpackedCodec.Open(Cipher, name, await Store.GetAsync(name, cancellationToken), json => ReadIndex(name, json, onPack, onMark));

    /// <summary>
    /// Compares the loaded index with one listing of the packs, and forgets what cannot be there: blobs in packs that are missing, or too short to hold what
    /// the index says of them. A save of such a blob then stores it again. The index must be loaded, and nothing may be saved or read meanwhile.
    /// Memory: the ids of the packs.
    /// </summary>
    public async Task<LostPacks> ForgetLostPacksAsync(CancellationToken cancellationToken = default)
    {
        // The index first, the packs after it: a pack is durable before an index names it, so one of another run that is at work is never taken for lost.
        var missing = Index.Packs().ToHashSet();
        var damaged = 0;
        await foreach (var stored in Store.ListAsync(ObjectKind.Data, cancellationToken))
        {
            if (!missing.Contains(stored.Name.Id))
                continue;
            if (stored.Length >= Index.EndOf(stored.Name.Id) + RepositoryCipher.Overhead + PackHeader.TrailerBytes)
                missing.Remove(stored.Name.Id);
            else
                damaged++;
        }

        return missing.Count == 0 ? LostPacks.None : new LostPacks(missing.Count - damaged, damaged, Index.ForgetPlacesIn(missing));
    }

    /// <summary>
    /// For a run that saves: what lies in packs that a prune has marked counts as not stored, so that nothing new relies on what may be removed.
    /// The index must be loaded, and nothing may be saved or read meanwhile. What is forgotten can no longer be read here.
    /// </summary>
    /// <returns>Number of distinct blobs that lie nowhere else.</returns>
    public int ForgetMarkedPacks() => Marks.Count > 0 ? Index.ForgetPlacesIn(Marks.All().Keys.ToHashSet()) : 0;

    /// <summary>The same repository over the same store as if it was opened anew, with an empty index; the password is not needed again.</summary>
    public Repository Reopened() => Reopened(Store, Options);

    /// <summary>The same through another store, which must hold the same repository.</summary>
    internal Repository Reopened(IRepositoryStore store, RepositoryOptions options) => new(store, options, _key.Copy(), _keyId, Config);

    /// <summary>Drops what was saved and not flushed, waits for running uploads to stop, wipes the master key. No other call may be under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _packs.DisposeAsync();
        Cipher.Dispose();
        _key.Dispose();
    }

    private static (RepositoryOptions Options, string Password) Checked(IRepositoryStore store, string password, RepositoryOptions? options)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrEmpty(password);
        options ??= new RepositoryOptions();
        options.Validate();
        return (options, password);
    }

    private static void ReadIndex(ObjectName name, ReadOnlySpan<byte> json, Action<ObjectId, IReadOnlyList<PackedBlob>> onPack, Action<ObjectId, DateTimeOffset> onMark)
    {
        try
        {
            IndexReader.Read(json, onPack, onMark);
        }
        catch (Exception e) when (e is FormatException or System.Text.Json.JsonException)
        {
            throw Damaged.Object(name, "it is not an index", e);
        }
    }

    // Listing and small objects: several at a time, since each costs a round trip.
    private async Task ReadAllAsync(
        ObjectKind kind, Action<ObjectName, ReadOnlySpan<byte>> take, Action<ObjectId, RepositoryException>? onDamaged, CancellationToken cancellationToken)
    {
        // Opened, an index is several times as large: no more of them at once than there are processors to open them.
        using var opening = new SemaphoreSlim(Environment.ProcessorCount);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Options.ReadConcurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Store.ListAsync(kind, cancellationToken), parallel, async (stored, token) =>
        {
            try
            {
                var bytes = await Store.GetAsync(stored.Name, token);
                await opening.WaitAsync(token);
                try
                {
                    UnpackedCodec.Open(Cipher, stored.Name, bytes, json => take(stored.Name, json));
                }
                finally
                {
                    opening.Release();
                }
            }
            catch (RepositoryException e) when (onDamaged is not null && e.IsOfOneObject)
            {
                lock (onDamaged)
                    onDamaged(stored.Name.Id, e);
            }
        });
    }
}
