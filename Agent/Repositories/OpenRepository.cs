using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Pacing;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Agent.Repositories;

/// <summary>A repository that is open for one command, with its store.</summary>
internal sealed class OpenRepository : IAsyncDisposable
{
    private OpenRepository(IRepositoryStore store, Repository repository) => (Store, Repository) = (store, repository);

    public IRepositoryStore Store { get; }

    public Repository Repository { get; }

    /// <summary>Reads the password, opens, and warns when the server's clock tells another time.</summary>
    public static async Task<OpenRepository> OpenAsync(CommandContext context, RepositoryChoice choice, CancellationToken cancellation, Pacer? pacer = null)
    {
        var password = await context.Password.ReadAsync(isNew: false, cancellation);
        var store = StoreOpening.Open(context, choice, pacer);
        try
        {
            var repository = await Repository.OpenAsync(store, password, StoreOpening.Options(context), cancellation);
            ClockSkew.Warn(context.Screen, store.ClockOffset);
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
