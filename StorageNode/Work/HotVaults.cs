using System.Net;
using BackupOnline.Engine.Repositories;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Announcements;
using BackupOnline.StorageNode.Disks;
using BackupOnline.StorageNode.Keys;
using BackupOnline.StorageNode.Vaults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Work;

/// <summary>What all work on hot vaults begins with: the vault's order, its key, its repository on this disk.</summary>
internal sealed partial class HotVaults(
    IOptions<ShelfOptions> options, IGrainFactory grains, KeyService keys, VaultRegister vaults, DiskCrew crew, DiskSpace space, News news, TimeProvider clock, ILogger<HotVaults> logger)
{
    public string Node => options.Value.Node;

    public IVaultGrain Grain(VaultKey vault) => grains.Get(vault);

    public async Task<VaultStore> StoreAsync(VaultKey key, StorageOrder order)
    {
        var verdict = new CredentialVerdict
        {
            Standing = CredentialStanding.Good,
            Scope = CredentialScope.Prune,
            QuotaBytes = order.QuotaBytes,
            ImmutabilityWindow = order.ImmutabilityWindow,
            Node = Node,
        };
        return new VaultStore(await vaults.OpenAsync(key), verdict, crew, space, news);
    }

    /// <summary>The password; what is wrapped with an older master key is wrapped anew on the way.</summary>
    public async Task<string> UnwrapAsync(VaultKey key, WrappedKey wrapped, CancellationToken cancellation)
    {
        var (password, newer) = await crew.RunAsync(() => keys.Unwrap(key, wrapped));
        if (newer is not null)
            await Grain(key).KeepWrappedKeyAsync(new() { Node = Node, Key = newer, Replaces = wrapped }, cancellation);
        return password;
    }

    public RepositoryOptions RepositoryOptions(VaultKey key) => new()
    {
        Time = clock,
        Hostname = Dns.GetHostName(),
        Username = VaultStore.Owner,
        UploadConcurrency = 1,
        ReadConcurrency = 2,
        OnNotice = notice => LogNotice(key, notice),
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "RepositoryNotice {Vault} {Notice}")]
    private partial void LogNotice(VaultKey vault, string notice);
}
