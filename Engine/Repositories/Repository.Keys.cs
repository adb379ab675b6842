using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Keys;

namespace BackupOnline.Engine.Repositories;

public sealed partial class Repository
{
    /// <summary>The keys that can be read, oldest first.</summary>
    public async Task<IReadOnlyList<KeyInfo>> KeysAsync(CancellationToken cancellationToken = default) =>
        [.. (await KeyRing.ReadAllAsync(Store, Options, cancellationToken))
            .Select(key => new KeyInfo(key.Id, key.File.Created, key.File.Username, key.File.Hostname, key.Id == _keyId))
            .OrderBy(key => key.Created)];

    /// <summary>Makes another password open the repository. Host and user are as the lists of keys show them; null: those of this run.</summary>
    public Task<ObjectId> AddKeyAsync(string password, string? hostname = null, string? username = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(password);
        return KeyRing.AddAsync(Store, _key, password, Options, hostname, username, cancellationToken);
    }

    /// <summary>Removes a key. An exclusive lock must be held.</summary>
    /// <exception cref="ArgumentException">The key that opened the repository: what is left might open with no password that anybody knows.</exception>
    public Task RemoveKeyAsync(ObjectId key, CancellationToken cancellationToken = default) => key == _keyId
        ? throw new ArgumentException("The key in use is never removed.", nameof(key))
        : Store.DeleteAsync(new ObjectName(ObjectKind.Key, key), cancellationToken);

    /// <summary>
    /// Puts a new password in the place of the one that opened the repository: the new key is written and tried, then the old one is removed. Other keys stay.
    /// An exclusive lock must be held.
    /// </summary>
    /// <returns>The new key.</returns>
    public async Task<ObjectId> ChangePasswordAsync(
        string password, string? hostname = null, string? username = null, CancellationToken cancellationToken = default)
    {
        var added = await AddKeyAsync(password, hostname, username, cancellationToken);
        var file = (await KeyRing.ReadAllAsync(Store, Options, cancellationToken)).Find(key => key.Id == added).File;
        using var opened = file is null ? null : KeyRing.TryOpen(file, password);
        if (opened is null)
            throw Damaged.Object(new ObjectName(ObjectKind.Key, added), "the new password does not open it; the old one still opens the repository");
        await Store.DeleteAsync(new ObjectName(ObjectKind.Key, _keyId), cancellationToken);
        return added;
    }
}
