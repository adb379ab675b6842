using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace BackupOnline.StorageNode.Vaults;

/// <summary>An upload on its way: hashed while it is written beside the repository; gone when it is not taken.</summary>
internal sealed class Incoming : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private SafeFileHandle? _file;

    private Incoming(string? path, SafeFileHandle? file) => (Path, _file) = (path, file);

    /// <summary>Null for an upload that is only hashed, because its object is already there.</summary>
    public string? Path { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Opens the file and takes its room at once, so that a full disk shows before a byte was sent.</summary>
    public static Incoming ToFile(VaultFolder folder, long? bytes)
    {
        var path = System.IO.Path.Combine(folder.Incoming, Guid.NewGuid().ToString("N"));
        try
        {
            return new(path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.None, bytes ?? 0));
        }
        catch (IOException)
        {
            File.Delete(path);
            throw;
        }
    }

    public static Incoming HashOnly() => new(null, null);

    public void Append(ReadOnlySequence<byte> piece)
    {
        foreach (var block in piece)
            Append(block.Span);
    }

    public void Append(ReadOnlySpan<byte> piece)
    {
        _hash.AppendData(piece);
        if (_file is not null)
            RandomAccess.Write(_file, piece, Bytes);

        Bytes += piece.Length;
    }

    /// <summary>SHA-256 of everything so far, as an object's name.</summary>
    public string Name() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>Makes the bytes durable under their temporary name.</summary>
    public void Flush()
    {
        if (_file is null)
            return;

        RandomAccess.FlushToDisk(_file);
        _file.Dispose();
        _file = null;
    }

    /// <summary>Moves the file to its place; the folder is not flushed yet.</summary>
    public void MoveTo(string path)
    {
        File.Move(Path!, path, overwrite: true);
        Path = null;
    }

    public void Dispose()
    {
        _hash.Dispose();
        _file?.Dispose();
        if (Path is not null)
            File.Delete(Path);
    }
}
