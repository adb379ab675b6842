using System.Collections.Concurrent;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.StorageNode.Disks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Vaults;

/// <summary>The vaults of this disk, each opened once.</summary>
internal sealed partial class VaultRegister(IOptions<ShelfOptions> options, DiskCrew crew, TimeProvider clock, ILogger<VaultRegister> logger)
{
    private readonly ConcurrentDictionary<VaultKey, Lazy<Task<Vault>>> _open = new();
    private readonly string _folder = options.Value.VaultsFolder;

    /// <summary>Opens a vault; its folder need not exist yet. Only for vaults that a grain vouched for, or that lie on the disk.</summary>
    public async Task<Vault> OpenAsync(VaultKey key)
    {
        var opening = _open.GetOrAdd(key, k => new(() => crew.RunAsync(() => Vault.Open(k, new VaultFolder(_folder, k), clock))));
        try
        {
            return await opening.Value;
        }
        catch
        {
            // A disk that failed once may answer the next time.
            _open.TryRemove(new(key, opening));
            throw;
        }
    }

    /// <summary>Vaults opened so far; soon after the start these are all of the disk.</summary>
    public int Count => _open.Count;

    /// <summary>Whether the vault is known here; memory only.</summary>
    public bool Knows(VaultKey key) => _open.ContainsKey(key);

    /// <summary>Every vault that has a folder and opens; one that does not is logged and left for the next time.</summary>
    public async Task<IReadOnlyList<Vault>> OnDiskAsync()
    {
        var opened = new List<Vault>();
        try
        {
            foreach (var key in await crew.RunAsync(() => Keys().ToList()))
            {
                if (await TryOpenAsync(key) is { } vault)
                    opened.Add(vault);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotListed(_folder, e);
        }

        return opened;
    }

    private async Task<Vault?> TryOpenAsync(VaultKey key)
    {
        try
        {
            return await OpenAsync(key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotOpened(key, e);
            return null;
        }
    }

    private IEnumerable<VaultKey> Keys() =>
        from tenant in Names(_folder)
        where NameRule.MayNameTenant(tenant)
        from vault in Names(Path.Combine(_folder, tenant))
        select new VaultKey(tenant, vault);

    private static IEnumerable<string> Names(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).Where(NameRule.IsWellFormed) : [];

    [LoggerMessage(Level = LogLevel.Error, Message = "Vault cannot be opened, look at its folder and disk: {Vault}")]
    private partial void LogNotOpened(VaultKey vault, Exception e);

    [LoggerMessage(Level = LogLevel.Error, Message = "Vaults cannot be listed, look at the folder and its disk: {Folder}")]
    private partial void LogNotListed(string folder, Exception e);
}
