using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Pacing;
using BackupOnline.Agent.Screens;
using BackupOnline.Agent.Secrets;
using BackupOnline.Engine.Caching;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Agent.Repositories;

/// <summary>A repository that is open for one command, with its store.</summary>
internal sealed class OpenRepository : IAsyncDisposable
{
    private OpenRepository(IRepositoryStore store, Repository repository) => (Store, Repository) = (store, repository);

    public IRepositoryStore Store { get; }

    public Repository Repository { get; }

    /// <summary>Reads the password, opens, and warns when the server's clock tells another time.</summary>
    public static Task<OpenRepository> OpenAsync(CommandContext context, RepositoryChoice choice, CancellationToken cancellation, Pacer? pacer = null) =>
        OpenAsync(context, choice, context.Password, null, cancellation, pacer);

    /// <summary>The same with the local cache: for verbs that take the store at its word. Those that judge or mend it must see what it has itself.</summary>
    public static Task<OpenRepository> OpenCachedAsync(CommandContext context, RepositoryChoice choice, CancellationToken cancellation, Pacer? pacer = null) =>
        OpenAsync(context, choice, context.Password, CacheChoice.For(context, choice), cancellation, pacer);

    /// <param name="context">Flags and surroundings.</param>
    /// <param name="choice">The repository.</param>
    /// <param name="source">Its password, which may come from elsewhere: another repository's.</param>
    /// <param name="cacheRoot">Where caches are; null: none.</param>
    /// <param name="cancellation">Ends the opening.</param>
    /// <param name="pacer">Holds uploads back.</param>
    public static async Task<OpenRepository> OpenAsync(
        CommandContext context, RepositoryChoice choice, RepositoryPassword source, string? cacheRoot, CancellationToken cancellation, Pacer? pacer = null)
        => await OpenAsync(context, choice, await source.ReadAsync(isNew: false, cancellation), cacheRoot, cancellation, pacer);

    /// <summary>With a password that is known already.</summary>
    public static async Task<OpenRepository> OpenAsync(
        CommandContext context, RepositoryChoice choice, string password, string? cacheRoot, CancellationToken cancellation, Pacer? pacer = null)
    {
        var store = StoreOpening.Open(context, choice, pacer);
        var cached = cacheRoot is null ? null : new CachedStore(store);
        store = cached ?? store;
        try
        {
            var repository = await Repository.OpenAsync(store, password, StoreOpening.Options(context), cancellation);
            ClockSkew.Warn(context.Screen, store.ClockOffset);
            if (cached is not null && ObjectId.TryParse(repository.Config.Id, out _))
                cached.Use(new CacheFolder(cacheRoot!, repository.Config.Id, context.Surroundings.Time));
            return new OpenRepository(store, repository);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Index files that could not be read.</summary>
    public int DamagedIndexes { get; private set; }

    /// <summary>Snapshots that could not be read.</summary>
    public int DamagedSnapshots { get; private set; }

    /// <summary>Folders of snapshots that could not be read.</summary>
    public int DamagedTrees { get; private set; }

    /// <summary>For reading: a damaged snapshot is told of and passed over. Oldest first.</summary>
    public Task<IReadOnlyList<Snapshot>> ReadableSnapshotsAsync(Screen screen, CancellationToken cancellation) =>
        Repository.SnapshotsAsync(
            (id, problem) =>
            {
                DamagedSnapshots++;
                screen.ItemFailed("snapshots", id.ToString(), problem.Message);
            },
            cancellation);

    /// <summary>For a walk over trees that goes on.</summary>
    public void TreeDamaged(Screen screen, RawPath path, RepositoryException problem)
    {
        DamagedTrees++;
        screen.ItemFailed("trees", path.ToString(), problem.Message);
    }

    /// <summary>What a verb that only read ends with: a repository that lost data is told as such, also when what was asked for could be had.</summary>
    public int CodeAfterReading(Screen screen)
    {
        var (sentence, count) = (DamagedIndexes, DamagedSnapshots, DamagedTrees) switch
        {
            ( > 0, _, _) => (RunSentences.IndexDamaged, DamagedIndexes),
            (_, > 0, _) => (RepositorySentences.SnapshotsDamaged, DamagedSnapshots),
            (_, _, > 0) => (RepositorySentences.TreesDamaged, DamagedTrees),
            _ => default,
        };
        if (count == 0)
            return ExitCode.Ok;
        screen.Fatal(ExitCode.Integrity, screen.Speech.Say(sentence, count));
        return ExitCode.Integrity;
    }

    /// <summary>For reading: a damaged index file is told of and passed over, what the others name can still be had.</summary>
    public Task LoadReadableIndexAsync(Screen screen, CancellationToken cancellation) =>
        Repository.LoadIndexAsync(
            (id, problem) =>
            {
                DamagedIndexes++;
                screen.ItemFailed("index", id.ToString(), problem.Message);
            },
            cancellation);

    public async ValueTask DisposeAsync()
    {
        await Repository.DisposeAsync();
        Store.Dispose();
    }
}
