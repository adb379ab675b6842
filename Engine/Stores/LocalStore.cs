using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Stores;

/// <summary>
/// A repository in a folder, in restic's layout: packs in <c>data/</c> and the first two digits of their name, everything else flat.
/// Folders 0700, files 0400. A file is written beside its place under a name that listings pass over, made durable, then renamed.
/// </summary>
public sealed class LocalStore(string folder) : IRepositoryStore
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // EIO, which .NET hands on in HResult.
    private const int InputOutputError = 5;

    private const string Temporary = "-tmp-";

    private readonly string _root = Path.GetFullPath(folder);

    public string Location => _root;

    public TimeSpan? ClockOffset => null;

    public Task CreateAsync(CancellationToken cancellationToken = default)
    {
        Guarded(ObjectName.Config, () =>
        {
            foreach (var kind in (ReadOnlySpan<ObjectKind>)[ObjectKind.Key, ObjectKind.Lock, ObjectKind.Snapshot, ObjectKind.Index, ObjectKind.Data])
                MakeFolder(Path.Combine(_root, ObjectName.Folder(kind)));
            for (var prefix = 0; prefix < 256; prefix++)
                MakeFolder(Path.Combine(_root, "data", prefix.ToString("x2", null)));
            UnixFolder.Sync(Path.Combine(_root, "data"));
            UnixFolder.Sync(_root);
            return true;
        });
        return Task.CompletedTask;
    }

    public Task PutAsync(ObjectName name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Guarded(name, () => Put(name, bytes.Span));
        return Task.CompletedTask;
    }

    public Task<byte[]> GetAsync(ObjectName name, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Reading(name, () => File.ReadAllBytes(PathOf(name))));
    }

    public Task ReadRangeAsync(ObjectName name, long offset, Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Reading(name, () =>
        {
            using var file = File.OpenHandle(PathOf(name));
            for (var done = 0; done < buffer.Length;)
            {
                var read = RandomAccess.Read(file, buffer.Span[done..], offset + done);
                if (read == 0)
                    throw StoreProblems.TooShort(name, offset + buffer.Length);
                done += read;
            }

            return true;
        });
        return Task.CompletedTask;
    }

    public Task<long?> LengthAsync(ObjectName name, CancellationToken cancellationToken = default) => Task.FromResult(Guarded(name, () =>
    {
        var file = new FileInfo(PathOf(name));
        return file.Exists ? file.Length : (long?)null;
    }));

    public async IAsyncEnumerable<StoredObject> ListAsync(ObjectKind kind, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (kind == ObjectKind.Config)
        {
            if (await LengthAsync(ObjectName.Config, cancellationToken) is { } length)
                yield return new StoredObject(ObjectName.Config, length);
            yield break;
        }

        var top = Path.Combine(_root, ObjectName.Folder(kind));
        foreach (var leaf in kind == ObjectKind.Data ? Guarded(null, () => FoldersOf(top)) : [top])
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var found in Guarded(null, () => FilesOf(leaf, kind)))
                yield return found;
        }
    }

    public Task DeleteAsync(ObjectName name, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Guarded(name, () =>
        {
            var path = PathOf(name);
            if (!Directory.Exists(Path.GetDirectoryName(path)))
                return false;
            if (OperatingSystem.IsWindows() && File.Exists(path))
                File.SetAttributes(path, FileAttributes.Normal);
            File.Delete(path);
            return true;
        });
        return Task.CompletedTask;
    }

    public Task<StoreRemnants> RemoveRemnantsAsync(DateTimeOffset untouchedSince, CancellationToken cancellationToken = default) => Task.FromResult(Guarded(null, () =>
    {
        var (files, bytes) = (0, 0L);
        foreach (var kind in (ReadOnlySpan<ObjectKind>)[ObjectKind.Key, ObjectKind.Lock, ObjectKind.Snapshot, ObjectKind.Index, ObjectKind.Data])
        {
            var top = Path.Combine(_root, ObjectName.Folder(kind));
            foreach (var leaf in kind == ObjectKind.Data ? FoldersOf(top) : [top])
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var (path, length) in RemnantsOf(leaf, untouchedSince))
                    (files, bytes) = TryDelete(path) ? (files + 1, bytes + length) : (files, bytes);
            }
        }

        return new StoreRemnants(files, bytes);
    }));

    public void Dispose()
    {
    }

    private static string[] FoldersOf(string folder) => Directory.Exists(folder) ? Directory.GetDirectories(folder) : [];

    private static List<StoredObject> FilesOf(string folder, ObjectKind kind)
    {
        var found = new List<StoredObject>();
        if (!Directory.Exists(folder))
            return found;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
        {
            if (!ObjectId.TryParse(file.Name, out var id))
                continue;
            try
            {
                found.Add(new StoredObject(new ObjectName(kind, id), file.Length));
            }
            catch (FileNotFoundException)
            {
                // Deleted since it was listed.
            }
        }

        return found;
    }

    // Of ours and of stock restic: the name of the object, then what tells writers apart.
    private static List<(string Path, long Length)> RemnantsOf(string folder, DateTimeOffset untouchedSince)
    {
        var found = new List<(string, long)>();
        if (!Directory.Exists(folder))
            return found;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles($"*{Temporary}*"))
        {
            // One that is gone since it was listed has a time long ago and no length.
            if (ObjectId.TryParse(file.Name.Split(Temporary)[0], out _) && file.LastWriteTimeUtc < untouchedSince.UtcDateTime && file.Exists)
                found.Add((file.FullName, file.Length));
        }

        return found;
    }

    private static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, FolderMode);
    }

    private bool Put(ObjectName name, ReadOnlySpan<byte> bytes)
    {
        var path = PathOf(name);
        var parent = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(parent))
        {
            MakeFolder(parent);
            UnixFolder.Sync(Path.GetDirectoryName(parent)!);
        }

        var temporary = $"{path}{Temporary}{RandomNumberGenerator.GetHexString(16, true)}";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead;
            using (var file = new FileStream(temporary, options))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            Place(name, temporary, path, bytes);
            UnixFolder.Sync(parent);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }

        return true;
    }

    private void Place(ObjectName name, string temporary, string path, ReadOnlySpan<byte> bytes)
    {
        if (name.Kind != ObjectKind.Config)
        {
            // Named by its content: what is there has the same bytes or is damaged. Either way ours are right.
            File.Move(temporary, path, overwrite: true);
            return;
        }

        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
            if (!File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
                throw StoreProblems.ConfigExists(_root);
        }
    }

    private static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to tell; a left-over temporary file harms nothing.
            return false;
        }
    }

    private string PathOf(ObjectName name) => name.Kind switch
    {
        ObjectKind.Config => Path.Combine(_root, name.Name),
        ObjectKind.Data => Path.Combine(_root, "data", name.Name[..2], name.Name),
        _ => Path.Combine(_root, ObjectName.Folder(name.Kind), name.Name),
    };

    // A pack may be refused by itself, to a user who may read all others; a file of another kind that is refused says that this is the wrong user. A bad sector is one object's.
    private T Reading<T>(ObjectName name, Func<T> action) => Guarded(name, () =>
    {
        try
        {
            return action();
        }
        catch (Exception e) when (IsOfThisOne(name, e) && HasConfig())
        {
            throw StoreProblems.Unreadable(name, _root, e);
        }
    });

    private static bool IsOfThisOne(ObjectName name, Exception e) =>
        (e is UnauthorizedAccessException && name.Kind == ObjectKind.Data) || (e is IOException { HResult: InputOutputError } && name.Kind != ObjectKind.Config);

    // A disk that was pulled out, or a mount that is gone, fails everything.
    private bool HasConfig()
    {
        try
        {
            return File.ReadAllBytes(PathOf(ObjectName.Config)).Length > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private T Guarded<T>(ObjectName? name, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileProblems.From(e, name, _root);
        }
    }
}
