using BackupOnline.Engine.Files;
using BackupOnline.Engine.Filters;

namespace BackupOnline.Engine.Archiving;

/// <summary>Decides what is let into a backup. Used by the backup and by the count of its totals, so that both agree.</summary>
internal sealed class EntryGate
{
    private readonly ExcludeRules _rules;
    private readonly BackupLog? _log;
    private readonly Dictionary<RawPath, ulong> _deviceOfTarget = [];
    private readonly bool _oneFileSystem;
    private readonly HashSet<RawPath> _networkMounts = [];

    /// <param name="options">The rules.</param>
    /// <param name="workingFolder">Relative targets start there.</param>
    /// <param name="log">Told of tag files that cannot be read and of mount points passed over; null: nobody.</param>
    public EntryGate(BackupOptions options, RawPath workingFolder, BackupLog? log)
    {
        (_rules, _oneFileSystem, _log) = (options.Excludes, options.OneFileSystem, log);
        if (!options.IncludeNetworkFileSystems)
            _networkMounts.UnionWith(MountTable.Load().Mounts.Where(mount => mount.Kind == FileSystemKind.Network).Select(mount => mount.Point));
        foreach (var target in options.Targets)
        {
            var absolute = target.MakeAbsolute(workingFolder);

            // A mount that was asked for by name is not passed over.
            _networkMounts.Remove(absolute);
            if (_oneFileSystem && TryStatus(absolute) is { } status)
                _deviceOfTarget[absolute] = status.DeviceId;
        }
    }

    /// <summary>The tags that say that a folder's content is to be left out.</summary>
    public IReadOnlyList<FolderTag> TagsIn(FolderHandle folder, RawPath absolutePath)
    {
        if (_rules.IfPresent.Count == 0)
            return [];
        return [.. _rules.IfPresent.Where(tag => IsTagged(folder, absolutePath, tag))];
    }

    /// <summary>Whether the name alone keeps the entry out.</summary>
    public bool ExcludesName(RawPath absolutePath, RawPath name, IReadOnlyList<FolderTag> tagsOfFolder)
    {
        foreach (var tag in tagsOfFolder)
        {
            if (tag.FileName != name)
                return true;
        }

        return _rules.Patterns.Matches(absolutePath) || _rules.CaseInsensitivePatterns.Matches(absolutePath);
    }

    /// <summary>Whether the entry's status keeps it out.</summary>
    public bool Excludes(RawPath absolutePath, in FileStatus status, ulong deviceOfFolder)
    {
        if (!status.IsFolder && _rules.LargerThanBytes is { } limit && status.Size > limit)
            return true;
        if (!_oneFileSystem || IsOnAllowedDevice(absolutePath, status.DeviceId))
            return false;

        // A folder where another file system is mounted is kept, empty.
        return !status.IsFolder || !IsOnAllowedDevice(absolutePath.Parent, deviceOfFolder);
    }

    /// <summary>Whether a folder that is let in is not to be looked into.</summary>
    public bool KeepsEmpty(RawPath absolutePath, in FileStatus status)
    {
        if (_networkMounts.Count > 0 && _networkMounts.Contains(absolutePath))
        {
            _log?.Noticed(absolutePath, "is a network file system and was passed over; back it up on the machine that owns it, or allow network file systems.");
            return true;
        }

        return _oneFileSystem && !IsOnAllowedDevice(absolutePath, status.DeviceId);
    }

    /// <summary>The nearest target at or above the path decides which device is allowed.</summary>
    private bool IsOnAllowedDevice(RawPath absolutePath, ulong device)
    {
        for (var path = absolutePath; ; path = path.Parent)
        {
            if (_deviceOfTarget.TryGetValue(path, out var allowed))
                return allowed == device;
            if (path == RawPath.Root)
                return true;
        }
    }

    private bool IsTagged(FolderHandle folder, RawPath absolutePath, FolderTag tag)
    {
        try
        {
            _ = LocalFiles.Status(folder, tag.FileName);
            if (tag.Header.IsEmpty)
                return true;
            using var file = LocalFiles.OpenFile(folder, tag.FileName);
            var header = new byte[tag.Header.Length];
            var length = 0;
            for (var read = 1; read > 0 && length < header.Length; length += read)
                read = LocalFiles.Read(file, header.AsSpan(length));
            return header.AsSpan(0, length).SequenceEqual(tag.Header.Span);
        }
        catch (FileSystemException e)
        {
            if (!e.IsNotFound)
                _log?.Noticed(absolutePath.Join(tag.FileName), $"could not be read to see whether the folder is left out ({e.Message}); the folder is backed up.");
            return false;
        }
    }

    private static FileStatus? TryStatus(RawPath path)
    {
        try
        {
            return LocalFiles.Status(path);
        }
        catch (FileSystemException)
        {
            // The backup itself will meet the same error and report it.
            return null;
        }
    }
}
