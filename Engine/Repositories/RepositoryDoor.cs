using System.Security.Cryptography;
using System.Text.Json;
using BackupOnline.Engine.Chunking;
using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Keys;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Repositories;

/// <summary>Making and opening: from a password to the master key and the config.</summary>
internal static class RepositoryDoor
{
    private const int SupportedVersion = 2;

    public static async Task<(MasterKey Key, ObjectId KeyId, RepositoryConfig Config)> InitAsync(
        IRepositoryStore store, string password, RepositoryOptions options, CancellationToken cancellationToken)
    {
        if (await store.LengthAsync(ObjectName.Config, cancellationToken) is not null)
            throw StoreProblems.ConfigExists(store.Location);
        await RefuseOrphansAsync(store, cancellationToken);
        await store.CreateAsync(cancellationToken);
        var (key, keyId) = await KeyOfInterruptedInitAsync(store, password, options, cancellationToken);
        if (key is null)
        {
            key = MasterKey.NewRandom();
            keyId = await KeyRing.AddAsync(store, key, password, options, cancellationToken);
        }

        var config = new RepositoryConfig(SupportedVersion, RandomNumberGenerator.GetHexString(64, lowercase: true), options.ChunkerPolynomial ?? Polynomial.NewRandom());
        using var cipher = new RepositoryCipher(key);
        var file = new ConfigFile { Version = config.Version, Id = config.Id, ChunkerPolynomial = config.ChunkerPolynomial.ToString() };
        try
        {
            await store.PutAsync(ObjectName.Config, cipher.Seal(JsonSerializer.SerializeToUtf8Bytes(file, RepositoryJson.Default.ConfigFile)), cancellationToken);
        }
        catch (RepositoryException e) when (e.Problem == RepositoryProblem.RepositoryExists)
        {
            // Another init won meanwhile: our key opens nothing there and would only confuse.
            await store.DeleteAsync(new ObjectName(ObjectKind.Key, keyId), cancellationToken);
            throw;
        }

        return (key, keyId, config);
    }

    public static async Task<(MasterKey Key, ObjectId KeyId, RepositoryConfig Config)> OpenAsync(
        IRepositoryStore store, string password, RepositoryOptions options, CancellationToken cancellationToken)
    {
        var stored = await ReadConfigAsync(store, cancellationToken);
        var keys = await KeyRing.ReadAllAsync(store, options, cancellationToken);
        if (keys.Count == 0)
            throw new RepositoryException(
                RepositoryProblem.Corrupt,
                $"The repository at {store.Location} has a config but no key that can be read. Put the files of its 'keys' folder back from a copy: without a key nobody can read it.");

        var opened = false;
        foreach (var (id, file) in keys)
        {
            var key = KeyRing.TryOpen(file, password);
            if (key is null)
                continue;
            opened = true;
            using var cipher = new RepositoryCipher(key);
            if (cipher.TryOpen(stored) is { } json)
                return (key, id, Parse(json));
            key.Dispose();
        }

        throw opened
            ? Damaged.Object(ObjectName.Config, "its authentication code does not fit")
            : new RepositoryException(
                RepositoryProblem.WrongPassword,
                $"No key of the repository at {store.Location} opens with this password. Check the password and that this is the right repository.");
    }

    private static async Task<byte[]> ReadConfigAsync(IRepositoryStore store, CancellationToken cancellationToken)
    {
        try
        {
            return await store.GetAsync(ObjectName.Config, cancellationToken);
        }
        catch (RepositoryException e) when (e.Problem == RepositoryProblem.NotFound)
        {
            throw new RepositoryException(
                RepositoryProblem.NoRepository,
                $"There is no repository at {store.Location}: its config file is missing. Check the address, or make a repository there with 'init'.",
                e);
        }
    }

    internal static RepositoryConfig Parse(byte[] json)
    {
        ConfigFile? file;
        try
        {
            file = JsonSerializer.Deserialize(json, RepositoryJson.Default.ConfigFile);
        }
        catch (JsonException e)
        {
            throw Damaged.Object(ObjectName.Config, "it is not a config", e);
        }

        if (file is null)
            throw Damaged.Object(ObjectName.Config, "it is not a config");
        if (file.Version != SupportedVersion)
            throw new RepositoryException(
                RepositoryProblem.UnsupportedVersion,
                $"This repository has format version {file.Version}; this program reads and writes version {SupportedVersion}. "
                + (file.Version == 1 ? "Upgrade it with 'restic migrate upgrade_repo_v2'." : "Use a newer version of this program."));
        if (string.IsNullOrEmpty(file.Id) || !Polynomial.TryParse(file.ChunkerPolynomial, out var polynomial)
            || polynomial.Degree != Polynomial.ChunkerDegree || !polynomial.IsIrreducible())
            throw Damaged.Object(ObjectName.Config, "its id is missing or its chunker polynomial is not irreducible of degree 53");
        return new RepositoryConfig(file.Version, file.Id, polynomial);
    }

    // Without its config a repository with data looks empty: a new config beside old data would hide the loss.
    private static async Task RefuseOrphansAsync(IRepositoryStore store, CancellationToken cancellationToken)
    {
        foreach (var kind in (ObjectKind[])[ObjectKind.Snapshot, ObjectKind.Index])
        {
            await foreach (var _ in store.ListAsync(kind, cancellationToken))
                throw new RepositoryException(
                    RepositoryProblem.RepositoryExists,
                    $"At {store.Location} there are the files of a repository whose config is missing. Put the config back from a copy, or choose another place.");
        }
    }

    // An init that was killed between key and config left a key: with the same password it is gone on with.
    private static async Task<(MasterKey? Key, ObjectId Id)> KeyOfInterruptedInitAsync(
        IRepositoryStore store, string password, RepositoryOptions options, CancellationToken cancellationToken)
    {
        var any = false;
        foreach (var (id, file) in await KeyRing.ReadAllAsync(store, options, cancellationToken))
        {
            any = true;
            if (KeyRing.TryOpen(file, password) is { } key)
                return (key, id);
        }

        return any
            ? throw new RepositoryException(
                RepositoryProblem.RepositoryExists,
                $"At {store.Location} there are keys without a config, perhaps from an 'init' that was cut off. Run 'init' with the password that was used then, or choose another place.")
            : (null, default);
    }
}
