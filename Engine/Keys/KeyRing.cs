using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Keys;

/// <summary>The key files of a repository: each opens the same master key with another password.</summary>
internal static class KeyRing
{
    private const int SaltBytes = 64;
    private const string ScryptName = "scrypt";

    /// <summary>All key files whose name fits their content and that can be read; the others are told of and passed over.</summary>
    public static Task<List<(ObjectId Id, KeyFile File)>> ReadAllAsync(IRepositoryStore store, RepositoryOptions options, CancellationToken cancellationToken) =>
        ReadAllAsync(store, (_, problem) => options.OnNotice?.Invoke(problem.Message), cancellationToken);

    /// <summary>As the other overload; whoever wants to know which cannot be read is told of each.</summary>
    public static async Task<List<(ObjectId Id, KeyFile File)>> ReadAllAsync(
        IRepositoryStore store, Action<ObjectId, RepositoryException> onDamaged, CancellationToken cancellationToken)
    {
        var keys = new List<(ObjectId, KeyFile)>();
        await foreach (var stored in store.ListAsync(ObjectKind.Key, cancellationToken))
        {
            try
            {
                var bytes = await store.GetAsync(stored.Name, cancellationToken);
                if (ObjectId.Of(bytes) != stored.Name.Id)
                    throw Damaged.Object(stored.Name, "its content does not match its name");
                keys.Add((stored.Name.Id, Parse(stored.Name, bytes)));
            }
            catch (RepositoryException e) when (e.IsOfOneObject)
            {
                onDamaged(stored.Name.Id, e);
            }
        }

        return keys;
    }

    /// <summary>The master key, or null when the password is another one.</summary>
    public static MasterKey? TryOpen(KeyFile file, string password)
    {
        using var sealing = Derive(password, file.Salt!, new ScryptParameters(file.N, file.R, file.P));
        using var cipher = new RepositoryCipher(sealing);
        var json = cipher.TryOpen(file.Data);
        if (json is null)
            return null;
        try
        {
            return JsonSerializer.Deserialize(json, RepositoryJson.Default.MasterKeyFile)?.ToMasterKey();
        }
        catch (JsonException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(json);
        }
    }

    /// <summary>Stores the master key under a password, as made by the user of this run on this machine.</summary>
    public static Task<ObjectId> AddAsync(
        IRepositoryStore store, MasterKey master, string password, RepositoryOptions options, CancellationToken cancellationToken) =>
        AddAsync(store, master, password, options, null, null, cancellationToken);

    /// <summary>Stores the master key under a password.</summary>
    public static async Task<ObjectId> AddAsync(
        IRepositoryStore store,
        MasterKey master,
        string password,
        RepositoryOptions options,
        string? hostname,
        string? username,
        CancellationToken cancellationToken)
    {
        var cost = ScryptParameters.Default;
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var json = JsonSerializer.SerializeToUtf8Bytes(MasterKeyFile.Of(master), RepositoryJson.Default.MasterKeyFile);
        using var sealing = Derive(password, salt, cost);
        using var cipher = new RepositoryCipher(sealing);
        var file = new KeyFile
        {
            Created = options.Time.GetLocalNow(),
            Username = username ?? options.Username,
            Hostname = hostname ?? options.Hostname,
            Kdf = ScryptName,
            N = cost.N,
            R = cost.R,
            P = cost.P,
            Salt = salt,
            Data = cipher.Seal(json),
        };
        CryptographicOperations.ZeroMemory(json);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(file, RepositoryJson.Default.KeyFile);
        var id = ObjectId.Of(bytes);
        await store.PutAsync(new ObjectName(ObjectKind.Key, id), bytes, cancellationToken);
        return id;
    }

    private static KeyFile Parse(ObjectName name, byte[] bytes)
    {
        KeyFile? file;
        try
        {
            file = JsonSerializer.Deserialize(bytes, RepositoryJson.Default.KeyFile);
        }
        catch (JsonException e)
        {
            throw Damaged.Object(name, "it is not a key file", e);
        }

        if (file is not { Kdf: ScryptName, Salt.Length: SaltBytes, Data: not null })
            throw Damaged.Object(name, "it lacks a field, or its salt is not 64 bytes, or it uses another function than scrypt");
        return new ScryptParameters(file.N, file.R, file.P).IsSane
            ? file
            : throw Damaged.Object(name, $"opening it would take more than 512 MiB or 20 s (N={file.N}, r={file.R}, p={file.P})");
    }

    private static MasterKey Derive(string password, byte[] salt, ScryptParameters cost)
    {
        var secret = Encoding.UTF8.GetBytes(password);
        Span<byte> key = stackalloc byte[MasterKey.Length];
        Scrypt.Derive(secret, salt, cost, key);
        CryptographicOperations.ZeroMemory(secret);
        var derived = new MasterKey(key);
        CryptographicOperations.ZeroMemory(key);
        return derived;
    }
}
