using System.Security.Cryptography;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Caching;

/// <summary>
/// What is kept of one repository on this machine, sealed as it is in the store, in files named by their SHA-256. Whoever deletes or damages any of it costs time and
/// nothing else: what cannot be written is not kept, what does not fit its name is removed. For its owner alone (0700).
/// </summary>
public sealed class CacheFolder
{
    private const string Tag = "CACHEDIR.TAG";
    private const string TagText = "Signature: 8a477f597d28d172789f06886806bc55\n# Kept by backuponline. It may be removed at any time.\n";
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>A temporary file that is older was left over: nobody writes one for so long.</summary>
    private static readonly TimeSpan s_leftOver = TimeSpan.FromHours(24);

    private readonly string _folder;
    private readonly TimeProvider _time;

    /// <param name="root">Holds the folders of all repositories.</param>
    /// <param name="repositoryId">64 hexadecimal digits.</param>
    /// <param name="time">Tells when it was last used.</param>
    public CacheFolder(string root, string repositoryId, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        if (!ObjectId.TryParse(repositoryId, out _))
            throw new ArgumentException($"'{repositoryId}' is no id of a repository.", nameof(repositoryId));
        (_folder, _time) = (Path.Join(root, repositoryId), time);
        IsUsable = Try(() =>
        {
            Make(_folder);

            // Backups of this machine leave out what is marked so.
            if (!File.Exists(Path.Join(root, Tag)))
                File.WriteAllText(Path.Join(root, Tag), TagText);

            // When it was last used.
            Directory.SetLastWriteTimeUtc(_folder, time.GetUtcNow().UtcDateTime);
            return true;
        });
    }

    /// <summary>False when the folder cannot be made or written.</summary>
    public bool IsUsable { get; }

    /// <summary>The object, whole and verified; null when it is not kept.</summary>
    public byte[]? TryRead(ObjectName name)
    {
        var bytes = Try(() => File.Exists(PathOf(name)) ? File.ReadAllBytes(PathOf(name)) : null);
        if (bytes is null || ObjectId.Of(bytes) == name.Id)
            return bytes;
        Drop(name);
        return null;
    }

    /// <summary>Whether the object is kept and whole: reads it once.</summary>
    public bool Holds(ObjectName name)
    {
        var hash = Try(() =>
        {
            if (!File.Exists(PathOf(name)))
                return null;
            using var file = File.OpenRead(PathOf(name));
            return SHA256.HashData(file);
        });
        if (hash is null)
            return false;
        if (ObjectId.FromBytes(hash) == name.Id)
            return true;
        Drop(name);
        return false;
    }

    /// <summary>Fills the buffer from an object that <see cref="Holds"/> has verified; false when it is gone or too short.</summary>
    public bool TryReadRange(ObjectName name, long offset, Span<byte> buffer)
    {
        try
        {
            using var file = File.OpenHandle(PathOf(name));
            for (var done = 0; done < buffer.Length;)
            {
                var read = RandomAccess.Read(file, buffer[done..], offset + done);
                if (read == 0)
                    return false;
                done += read;
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Keeps an object whose bytes have the hash that names it. A reader never sees a part of it. False when it could not be kept.</summary>
    public bool Write(ObjectName name, ReadOnlyMemory<byte> bytes) => Try(() =>
    {
        var path = PathOf(name);
        Make(Path.GetDirectoryName(path)!);
        var temporary = $"{path}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        try
        {
            using (var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write))
                RandomAccess.Write(file, bytes.Span, 0);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        return true;
    });

    /// <summary>Forgets an object.</summary>
    public void Drop(ObjectName name) => Try(() =>
    {
        File.Delete(PathOf(name));
        return true;
    });

    /// <summary>Forgets all of a kind but these, left-over temporary files too.</summary>
    public void Keep(ObjectKind kind, IReadOnlySet<ObjectId> there) => Try(() =>
    {
        var folder = Path.Join(_folder, ObjectName.Folder(kind));
        var before = (_time.GetUtcNow() - s_leftOver).UtcDateTime;
        foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            // Others may be writing: what has no id yet is not touched while it is young.
            if (ObjectId.TryParse(Path.GetFileName(path), out var id) ? !there.Contains(id) : File.GetLastWriteTimeUtc(path) < before)
                File.Delete(path);
        }

        return true;
    });

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, FolderMode);
    }

    // A cache that cannot be used is no reason to fail.
    private static T? Try<T>(Func<T?> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    private string PathOf(ObjectName name) => Path.Join(_folder, ObjectName.Folder(name.Kind), name.Name);
}
