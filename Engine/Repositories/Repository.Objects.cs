using System.Text.Json;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Keys;

namespace BackupOnline.Engine.Repositories;

/// <summary>The inside of single objects, for who wants to look.</summary>
public sealed partial class Repository
{
    /// <summary>The JSON inside an index, a snapshot or a lock, byte for byte. NotFound, or Corrupt when hash or MAC do not fit.</summary>
    public async Task<byte[]> ReadJsonAsync(ObjectName name, CancellationToken cancellationToken = default)
    {
        if (name.Kind is not (ObjectKind.Index or ObjectKind.Snapshot or ObjectKind.Lock))
            throw new ArgumentException($"{name} is not an index, a snapshot or a lock.", nameof(name));
        return UnpackedCodec.Open(Cipher, name, await Store.GetAsync(name, cancellationToken));
    }

    /// <summary>The config's JSON.</summary>
    public byte[] ConfigJson() => JsonSerializer.SerializeToUtf8Bytes(
        new ConfigFile { Version = Config.Version, Id = Config.Id, ChunkerPolynomial = Config.ChunkerPolynomial.ToString() }, RepositoryJson.Default.ConfigFile);

    /// <summary>
    /// The master key's JSON, the bits of r that Poly1305 passes over cleared, as restic shows it. Who has it reads everything: for <c>cat masterkey</c> alone; the caller wipes it.
    /// </summary>
    public byte[] MasterKeyJson()
    {
        var file = MasterKeyFile.Of(_key);
        var r = file.Mac!.R!;
        for (var i = 0; i < r.Length; i++)
            r[i] &= (i % 4) switch { 3 => 0x0f, 0 when i > 0 => 0xfc, _ => 0xff };
        return JsonSerializer.SerializeToUtf8Bytes(file, RepositoryJson.Default.MasterKeyFile);
    }

    /// <summary>A whole pack as it is stored; nothing is verified.</summary>
    public Task<byte[]> ReadPackAsync(ObjectId pack, CancellationToken cancellationToken = default) =>
        Store.GetAsync(new ObjectName(ObjectKind.Data, pack), cancellationToken);
}
