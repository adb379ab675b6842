using System.Text;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Images;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Mounting;

/// <summary>
/// A repository as a file system that can only be read: folders by <see cref="MountOptions.PathTemplates"/>, snapshots in them, their files in these. Knows nothing of how it is shown.
/// Snapshots that are added meanwhile show up. Reads what is asked for and nothing else; what is read is verified. Thread-safe; to be disposed before the repository.
/// </summary>
public sealed class MountedRepository : IAsyncDisposable
{
    private const uint FolderMode = 0x4000 | 0x16d; // dr-xr-xr-x
    private const uint LinkMode = 0xa000 | 0x1ff;
    private const int LongestName = 1024;
    private const int MostNodes = 50_000;
    private const int MostParts = 1000;

    private readonly Repository _repository;
    private readonly Func<CancellationToken, Task<IReadOnlyList<Snapshot>>> _snapshots;
    private readonly MountOptions _options;
    private readonly BlockCache _blocks;
    private readonly FolderCache _folders;
    private readonly SemaphoreSlim _refreshing = new(1);
    private readonly HashSet<ObjectId> _indexes = [];
    private readonly DateTimeOffset _begunAt;
    private HashSet<ObjectId> _names = [];
    private long _refreshedAt;
    private volatile MountPlaces _places;

    private MountedRepository(Repository repository, Func<CancellationToken, Task<IReadOnlyList<Snapshot>>> snapshots, MountOptions options)
    {
        (_repository, _snapshots, _options) = (repository, snapshots, options);
        _blocks = new BlockCache(repository, options.CacheBytes);
        _folders = new FolderCache(repository, MostNodes);
        _begunAt = options.Time.GetUtcNow();
        _places = MountPlaces.Of([], options);
        Root = new MountedItem(1, 0, Made(default, NodeType.Folder, FolderMode, _begunAt), "");
    }

    public MountedItem Root { get; }

    /// <param name="repository">Its index is loaded here.</param>
    /// <param name="snapshots">Those to show, oldest first; called again when some were added or removed.</param>
    /// <param name="options">How it looks.</param>
    /// <param name="loadIndex">Loads the index, when snapshots are listed.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    public static async Task<MountedRepository> OpenAsync(
        Repository repository,
        Func<CancellationToken, Task<IReadOnlyList<Snapshot>>> snapshots,
        MountOptions options,
        Func<CancellationToken, Task> loadIndex,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(snapshots);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loadIndex);
        var mounted = new MountedRepository(repository, snapshots, options);
        if (await mounted.ReadSnapshotsAsync(cancellationToken) is { } first)
            (mounted._names, mounted._places) = first;
        mounted._refreshedAt = options.Time.GetTimestamp();
        await foreach (var index in repository.Store.ListAsync(ObjectKind.Index, cancellationToken))
            mounted._indexes.Add(index.Name.Id);
        await loadIndex(cancellationToken);
        return mounted;
    }

    /// <summary>What a folder holds under this name; null: nothing.</summary>
    /// <exception cref="RepositoryException">The folder is missing or damaged.</exception>
    public async ValueTask<MountedItem?> FindAsync(MountedItem folder, RawPath name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (folder.Place is { } path)
        {
            var places = await FreshPlacesAsync(cancellationToken);
            var text = Encoding.UTF8.GetString(name.Bytes);
            return RawPath.FromText(text) == name && places.In(path)?.GetValueOrDefault(text) is { } place ? ItemOf(folder, text, place) : null;
        }

        if (folder.Node.Subtree is not { } tree)
            return null;
        return Named(await _folders.LoadAsync(tree, cancellationToken), name) is { } node ? ItemOf(folder, node) : null;
    }

    /// <summary>Everything in a folder; null: it is gone, as the last snapshot in it is.</summary>
    /// <exception cref="RepositoryException">The folder is missing or damaged.</exception>
    public async ValueTask<IReadOnlyList<MountedItem>?> ListAsync(MountedItem folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (folder.Place is { } path)
            return (await FreshPlacesAsync(cancellationToken)).In(path) is { } places ? [.. places.Select(place => ItemOf(folder, place.Key, place.Value))] : null;
        return folder.Node.Subtree is { } tree
            ? [.. (await _folders.LoadAsync(tree, cancellationToken)).Where(node => node.Name.Length <= LongestName).Select(node => ItemOf(folder, node))]
            : [];
    }

    /// <summary>The content of a file. To be disposed.</summary>
    /// <exception cref="RepositoryException">A part of the file is in no index, or its folder tells another size than its parts have.</exception>
    public async ValueTask<ImageReader> OpenAsync(MountedItem file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        var node = file.Tree is { } tree ? Named(await _folders.LoadAsync(tree, cancellationToken), file.Node.Name)! : file.Node;
        var reader = new ImageReader(_repository, node, _blocks);
        return (ulong)reader.Size == file.Node.Size
            ? reader
            : throw new RepositoryException(RepositoryProblem.Corrupt, $"The file {file.Node.Name} has {reader.Size} bytes, and its folder says {file.Node.Size}. Restore it instead: it comes back with what is there.");
    }

    public async ValueTask DisposeAsync()
    {
        await _blocks.DisposeAsync();
        _refreshing.Dispose();
    }

    private static TreeNode? Named(IReadOnlyList<TreeNode> nodes, RawPath name)
    {
        var (low, high) = (0, nodes.Count - 1);
        while (low <= high)
        {
            var middle = low + ((high - low) / 2);
            var order = nodes[middle].Name.CompareTo(name);
            if (order == 0)
                return nodes[middle];
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    private MountedItem ItemOf(MountedItem folder, string name, MountPlace place)
    {
        var raw = RawPath.FromText(name);
        var number = ItemNumber.Of(folder.Number, raw);
        if (place.Link is { } target)
            return new MountedItem(number, 0, Made(raw, NodeType.Symlink, LinkMode, _begunAt) with { LinkTarget = RawPath.FromText(target) }, null);

        // Names are given anew when snapshots come and go: what the kernel keeps of one must never be taken for another's.
        if (place.Snapshot is { } known)
            number = ItemNumber.Of(number, RawPath.FromText(known.Id.ToString()));
        return place.Snapshot is { } snapshot
            ? new MountedItem(number, number, Made(raw, NodeType.Folder, FolderMode, snapshot.Time) with { Subtree = snapshot.Tree }, null)
            : new MountedItem(number, 0, Made(raw, NodeType.Folder, FolderMode, _begunAt), MountPlaces.PathOf(folder.Place!, name));
    }

    private MountedItem ItemOf(MountedItem folder, TreeNode node)
    {
        var number = node is { Links: > 1, Type: not NodeType.Folder } ? ItemNumber.OfHardLink(folder.Scope, node) : ItemNumber.Of(folder.Number, node.Name);
        if (_options.OwnerIsRoot)
            node = node with { Uid = 0, Gid = 0 };
        return node.Content?.Count > MostParts
            ? new MountedItem(number, folder.Scope, node with { Content = null }, null, folder.Node.Subtree)
            : new MountedItem(number, folder.Scope, node, null);
    }

    private TreeNode Made(RawPath name, NodeType type, uint mode, DateTimeOffset time)
    {
        var moment = new NodeTime(time.ToUnixTimeSeconds(), (int)(time.UtcTicks % TimeSpan.TicksPerSecond) * 100);
        var (uid, gid) = _options.OwnerIsRoot ? default : _options.Owner;
        return new TreeNode { Name = name, Type = type, Mode = NodeMode.FromUnix(mode), ModifiedAt = moment, AccessedAt = moment, ChangedAt = moment, Uid = uid, Gid = gid };
    }

    private async ValueTask<MountPlaces> FreshPlacesAsync(CancellationToken cancellationToken)
    {
        // Who comes while another one refreshes takes what there is.
        if (_options.Time.GetElapsedTime(Volatile.Read(ref _refreshedAt)) < _options.RefreshAfter || !await _refreshing.WaitAsync(0, cancellationToken))
            return _places;
        try
        {
            if (await ReadSnapshotsAsync(cancellationToken) is { } changed)
            {
                // First what the new snapshots need, then they themselves.
                await ReadNewIndexesAsync(cancellationToken);
                (_names, _places) = changed;
            }
        }
        catch (RepositoryException)
        {
            // The store cannot be reached just now: what was seen before is still there, and a later look tries again.
        }
        finally
        {
            Volatile.Write(ref _refreshedAt, _options.Time.GetTimestamp());
            _refreshing.Release();
        }

        return _places;
    }

    /// <summary>Null when the snapshots are those that were there before.</summary>
    private async Task<(HashSet<ObjectId> Names, MountPlaces Places)?> ReadSnapshotsAsync(CancellationToken cancellationToken)
    {
        var names = new HashSet<ObjectId>();
        await foreach (var stored in _repository.Store.ListAsync(ObjectKind.Snapshot, cancellationToken))
            names.Add(stored.Name.Id);
        return names.SetEquals(_names) ? null : (names, MountPlaces.Of(await _snapshots(cancellationToken), _options));
    }

    private async Task ReadNewIndexesAsync(CancellationToken cancellationToken)
    {
        await foreach (var index in _repository.Store.ListAsync(ObjectKind.Index, cancellationToken))
        {
            if (_indexes.Contains(index.Name.Id))
                continue;
            try
            {
                await _repository.ReadIndexFileAsync(index.Name, _repository.Index.AddPack, (_, _) => { }, cancellationToken);
            }
            catch (RepositoryException damaged) when (damaged.Problem == RepositoryProblem.Corrupt)
            {
                // What the others name can still be had.
            }

            _indexes.Add(index.Name.Id);
        }
    }
}
