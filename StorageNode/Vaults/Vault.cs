using System.Text.Json;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.StorageNode.Disks;
using BackupOnline.StorageNode.Objects;
using Microsoft.Win32.SafeHandles;

namespace BackupOnline.StorageNode.Vaults;

/// <summary>
/// One vault on this disk. Every method may wait for the disk: call it on the <see cref="DiskCrew"/>.
/// <list type="table">
/// <item><term>Commit</term><description>atomic and durable per object; two at once of one name both succeed</description></item>
/// <item><term>Hide, RemoveLock</term><description>atomic per object; idempotent; an open read goes on</description></item>
/// <item><term>Open</term><description>the object as it was when opened</description></item>
/// <item><term>List</term><description>whatever was there throughout, and any part of what came or went meanwhile</description></item>
/// </list>
/// </summary>
internal sealed class Vault
{
    /// <summary>Decision 16: locks older than this may be removed by any credential that may write.</summary>
    public static readonly TimeSpan StaleLock = TimeSpan.FromMinutes(30);

    // One gate per first hexadecimal digits: enough to keep unrelated objects apart.
    private readonly Lock[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];
    private readonly TimeProvider _clock;
    private int _requests;

    private Vault(VaultKey key, VaultFolder folder, TimeProvider clock) => (Key, Folder, _clock) = (key, folder, clock);

    public VaultKey Key { get; }

    public VaultFolder Folder { get; }

    public VaultUsage Usage { get; } = new();

    /// <summary>Removes what an interrupted run left behind, and counts what is there.</summary>
    public static Vault Open(VaultKey key, VaultFolder folder, TimeProvider clock)
    {
        var vault = new Vault(key, folder, clock);
        if (Directory.Exists(folder.Incoming))
        {
            foreach (var leftover in Directory.EnumerateFiles(folder.Incoming))
                File.Delete(leftover);
        }

        foreach (var (_, bytes) in ObjectTypes.WithFolder.SelectMany(folder.List))
            vault.Usage.Count(bytes, 1);

        if (vault.Size(ObjectId.Config) is { } config)
            vault.Usage.Count(config, 1);

        return vault;
    }

    /// <summary>Takes one of the vault's places for requests; false when all are taken. Each success wants one <see cref="Leave"/>.</summary>
    public bool TryEnter(int most)
    {
        if (Interlocked.Increment(ref _requests) <= most)
            return true;

        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _requests);

    /// <summary>Bytes of a visible object, or null.</summary>
    public long? Size(ObjectId id)
    {
        var file = new FileInfo(Folder.PathOf(id));
        return file.Exists ? file.Length : null;
    }

    /// <summary>Opens a visible object for reading, or null.</summary>
    public SafeFileHandle? OpenRead(ObjectId id)
    {
        try
        {
            return File.OpenHandle(Folder.PathOf(id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Gives a complete and verified upload its name. When it returns, the object survives a power cut.</summary>
    public CommitOutcome Commit(ObjectId id, Incoming upload, string keyId)
    {
        upload.Flush();
        lock (Gate(id))
        {
            var path = Folder.PathOf(id);
            var before = Size(id);
            if (id.Type == ObjectType.Config && before is not null)
                return SameBytes(path, upload.Path!) ? Durably(CommitOutcome.AlreadyThere) : CommitOutcome.ConfigDiffers;

            // Bytes under a hash name that have another length than the verified upload are damaged: the upload heals them.
            if (before == upload.Bytes)
                return Durably(CommitOutcome.AlreadyThere);

            if (upload.Path is null)
                return CommitOutcome.Vanished;

            var hidden = Folder.HiddenOf(id);
            WriteNote(id, keyId, hidden);
            Durable.CreateFolder(Folder.FolderOf(id));
            upload.MoveTo(path);
            Usage.Count(upload.Bytes - (before ?? 0), before is null ? 1 : 0);
            Durable.FlushFolder(Folder.FolderOf(id));
            foreach (var tombstone in hidden)
                File.Delete(Folder.PathOf(tombstone));

            return CommitOutcome.Stored;
        }

        // A rename that this process saw may not have been flushed by the one before it.
        CommitOutcome Durably(CommitOutcome outcome)
        {
            Durable.FlushFolder(Folder.FolderOf(id));
            return outcome;
        }
    }

    /// <summary>Takes an object out of sight for <paramref name="window"/>; nothing to do when it is not visible (decision 17). True when something changed.</summary>
    public bool Hide(ObjectId id, TimeSpan window)
    {
        lock (Gate(id))
        {
            if (Size(id) is not { } bytes)
                return false;

            var now = _clock.GetUtcNow();
            var tombstone = new Tombstone(id, NextGeneration(Folder.HiddenOf(id), ReadNote(id)?.Generation ?? 1), now, now + window);
            Durable.CreateFolder(Folder.HiddenFolderOf(id));
            File.Move(Folder.PathOf(id), Folder.PathOf(tombstone));
            Usage.Count(-bytes, -1);
            Durable.FlushFolder(Folder.HiddenFolderOf(id));
            Durable.FlushFolder(Folder.FolderOf(id));
            return true;
        }
    }

    /// <summary>Removes a lock for good: its owner at any time, others (when <paramref name="mayRemoveStale"/>) once it is over 30 minutes old.</summary>
    public LockRemoval RemoveLock(ObjectId id, string keyId, bool mayRemoveStale)
    {
        lock (Gate(id))
        {
            if (Size(id) is not { } bytes)
                return LockRemoval.Removed;

            var note = ReadNote(id);
            var isStale = _clock.GetUtcNow() - ReceivedAt(id, note) > StaleLock;
            if (note?.KeyId != keyId && !(mayRemoveStale && isStale))
                return LockRemoval.NotYours;

            File.Delete(Folder.PathOf(id));
            File.Delete(Folder.NoteOf(id));
            Usage.Count(-bytes, -1);
            Durable.FlushFolder(Folder.FolderOf(id));
            return LockRemoval.Removed;
        }
    }

    /// <summary>Removes for good the hidden objects whose time is over, generation by generation; gives their number.</summary>
    public int Reap()
    {
        var reaped = 0;
        foreach (var tombstone in ObjectTypes.WithFolder.SelectMany(Folder.ListHidden))
        {
            if (tombstone.KeepUntil > _clock.GetUtcNow())
                continue;

            lock (Gate(tombstone.Object))
            {
                // The generation is in the name: what was revived and hidden again has another one, and stays.
                File.Delete(Folder.PathOf(tombstone));
                if (Size(tombstone.Object) is null && Folder.HiddenOf(tombstone.Object).Count == 0)
                    File.Delete(Folder.NoteOf(tombstone.Object));

                reaped++;
            }
        }

        return reaped;
    }

    public Note? ReadNote(ObjectId id)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Folder.NoteOf(id)), NoteJson.Default.Note);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>When an object came, by the note or else by the file.</summary>
    public DateTimeOffset ReceivedAt(ObjectId id, Note? note) => note?.ReceivedAt ?? File.GetLastWriteTimeUtc(Folder.PathOf(id));

    private void WriteNote(ObjectId id, string keyId, IReadOnlyList<Tombstone> hidden)
    {
        var generation = NextGeneration(hidden, 1);
        if (generation == 1 && id.Type is ObjectType.Data or ObjectType.Index)
            return;

        var note = new Note { ReceivedAt = _clock.GetUtcNow(), KeyId = keyId, Generation = generation };
        Durable.WriteSmall(Folder.NoteOf(id), JsonSerializer.SerializeToUtf8Bytes(note, NoteJson.Default.Note));
    }

    private static long NextGeneration(IReadOnlyList<Tombstone> hidden, long least) =>
        hidden.Aggregate(least, (most, tombstone) => Math.Max(most, tombstone.Generation + 1));

    private static bool SameBytes(string path, string other) => File.ReadAllBytes(path).AsSpan().SequenceEqual(File.ReadAllBytes(other));

    private Lock Gate(ObjectId id) => _gates[id.Type == ObjectType.Config ? 0 : Convert.ToInt32(id.Shard, 16) % _gates.Length];
}
