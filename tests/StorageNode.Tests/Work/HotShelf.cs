using System.Text.RegularExpressions;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Keys;
using BackupOnline.StorageNode.Tests.Hosting;
using BackupOnline.StorageNode.Work;
using Microsoft.Extensions.DependencyInjection;

namespace BackupOnline.StorageNode.Tests.Work;

/// <summary>A real shelf with a hot vault, its master key in a folder of its own, and stock restic with the vault's password.</summary>
internal sealed partial class HotShelf : IAsyncDisposable
{
    public static readonly VaultKey Main = new("acme", "main");

    private readonly string _folder = Directory.CreateTempSubdirectory("hot-").FullName;

    private HotShelf()
    {
    }

    public ShelfHost Shelf { get; private set; } = null!;

    public string KeyFile => Path.Combine(_folder, "master.key");

    public StubVault Vault => Shelf.Cluster.Vault(Main.Tenant, Main.Vault);

    public StubNode Node => Shelf.Cluster.Node("node1");

    public static async Task<HotShelf> StartAsync()
    {
        var hot = new HotShelf();
        hot.Shelf = await ShelfHost.StartAsync(
            options => (options.MasterKeyFile, options.PruneLockPatience) = (hot.KeyFile, TimeSpan.Zero), realTime: true);
        return hot;
    }

    /// <summary>Runs one kind of work as the worker would.</summary>
    public Task<WorkResult> RunAsync(NodeWorkKind kind) =>
        Shelf.Services.GetServices<INodeWork>().Single(work => work.Kind == kind).RunAsync(Main, TestContext.Current.CancellationToken);

    /// <summary>Through the queue, to its end.</summary>
    public async Task<FinishNodeWork> WorkAsync(NodeWorkKind kind)
    {
        var before = Node.Finished.Count;
        Node.Work.Enqueue(new() { Kind = kind, Tenant = Main.Tenant, Vault = Main.Vault });
        await Eventually.TrueAsync(() => Node.Finished.Count > before, $"{kind} is finished", seconds: 180);
        return Node.Finished.Last();
    }

    public string Password() => Shelf.Services.GetRequiredService<KeyService>().Unwrap(Main, Vault.Order.Key!).Password;

    public ResticWork Restic() => new(Shelf) { Password = Password() };

    public void Forget(params IEnumerable<string> snapshots) =>
        Vault.Order = Vault.Order with { Forget = [.. snapshots.Select(name => new SnapshotToForget { Snapshot = name, Reason = "out of the window" })] };

    public IReadOnlyList<string> Files(string type)
    {
        var folder = Path.Combine(Shelf.VaultFolder(), type);
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)!)] : [];
    }

    /// <summary>Names of the snapshots that restic lists, oldest first.</summary>
    public async Task<IReadOnlyList<string>> SnapshotsAsync(ResticWork restic)
    {
        var (exitCode, output) = await restic.TryAsync(Shelf.User(CredentialScope.Restore), "snapshots", "--json");
        Assert.Equal(0, exitCode);
        return [.. SnapshotId().Matches(output).Select(match => match.Groups[1].Value)];
    }

    public async ValueTask DisposeAsync()
    {
        await Shelf.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex("\"id\":\"([0-9a-f]{64})\"")]
    private static partial Regex SnapshotId();
}
