using BackupOnline.Engine.Files;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Tests.Files;

/// <summary>Compares two trees in everything that a restore must give back, and lists every difference as a line.</summary>
internal sealed class TreeComparer
{
    private readonly List<string> _differences = [];
    private readonly Dictionary<(ulong, ulong), RawPath> _firstLeft = [];
    private readonly Dictionary<(ulong, ulong), RawPath> _firstRight = [];

    /// <summary>Holes need not be where they were; true asks that the right side takes no more room than the left.</summary>
    public bool CompareRoom { get; init; }

    /// <summary>Whether the roots' own permissions, owner and times count.</summary>
    public bool CompareRoots { get; init; } = true;

    /// <summary>Every difference; empty when the trees are equal.</summary>
    public IReadOnlyList<string> Compare(string left, string right)
    {
        var (leftRoot, rightRoot) = (RawPath.FromText(left), RawPath.FromText(right));
        if (CompareRoots)
            CompareStatus(RawPath.FromText("."), LocalFiles.Status(leftRoot), LocalFiles.Status(rightRoot));
        using var leftHandle = LocalFiles.OpenFolder(leftRoot);
        using var rightHandle = LocalFiles.OpenFolder(rightRoot);
        CompareFolders(default, leftHandle, rightHandle);
        return _differences;
    }

    private void CompareFolders(RawPath path, FolderHandle left, FolderHandle right)
    {
        var (leftNames, rightNames) = (LocalFiles.EntryNames(left), LocalFiles.EntryNames(right));
        foreach (var name in leftNames.Except(rightNames))
            Differ(path.Join(name), "missing on the right");
        foreach (var name in rightNames.Except(leftNames))
            Differ(path.Join(name), "only on the right");
        foreach (var name in leftNames.Intersect(rightNames))
            CompareEntries(path.Join(name), name, left, right);
    }

    private void CompareEntries(RawPath path, RawPath name, FolderHandle left, FolderHandle right)
    {
        var (leftStatus, rightStatus) = (LocalFiles.Status(left, name), LocalFiles.Status(right, name));
        CompareStatus(path, leftStatus, rightStatus);
        if (leftStatus.Type != rightStatus.Type)
            return;
        var (leftAttributes, rightAttributes) = (Attributes(left, name), Attributes(right, name));
        if (leftAttributes != rightAttributes)
            Differ(path, $"attributes {leftAttributes} | {rightAttributes}");
        switch (leftStatus.Type)
        {
            case NodeType.Folder:
                using (var leftFolder = LocalFiles.OpenFolder(left, name))
                using (var rightFolder = LocalFiles.OpenFolder(right, name))
                    CompareFolders(path, leftFolder, rightFolder);
                break;
            case NodeType.Symlink:
                var (leftTarget, rightTarget) = (LocalFiles.ReadLink(left, name), LocalFiles.ReadLink(right, name));
                if (leftTarget != rightTarget)
                    Differ(path, $"target {leftTarget} | {rightTarget}");
                break;
            case NodeType.File:
                CompareFirstNames(path, leftStatus, rightStatus);
                if (leftStatus.Size == rightStatus.Size)
                    CompareContent(path, name, left, right);
                break;
        }
    }

    private void CompareStatus(RawPath path, in FileStatus left, in FileStatus right)
    {
        if (left.UnixMode != right.UnixMode)
            Differ(path, $"mode {left.Mode} | {right.Mode}");
        if ((left.Uid, left.Gid) != (right.Uid, right.Gid))
            Differ(path, $"owner {left.Uid}:{left.Gid} | {right.Uid}:{right.Gid}");
        if (!left.ModifiedAt.IsSameMoment(right.ModifiedAt))
            Differ(path, $"modified {left.ModifiedAt} | {right.ModifiedAt}");
        if (left.Device != right.Device)
            Differ(path, $"device {left.Device} | {right.Device}");
        if (left.IsFile && (left.Size, left.Links) != (right.Size, right.Links))
            Differ(path, $"size and links {left.Size} {left.Links} | {right.Size} {right.Links}");
        if (CompareRoom && left.IsFile && right.AllocatedBytes > left.AllocatedBytes)
            Differ(path, $"room {left.AllocatedBytes} | {right.AllocatedBytes}");
    }

    /// <summary>Names of one file on the left must be names of one file on the right.</summary>
    private void CompareFirstNames(RawPath path, in FileStatus left, in FileStatus right)
    {
        var leftFirst = _firstLeft.TryAdd((left.DeviceId, left.Inode), path) ? path : _firstLeft[(left.DeviceId, left.Inode)];
        var rightFirst = _firstRight.TryAdd((right.DeviceId, right.Inode), path) ? path : _firstRight[(right.DeviceId, right.Inode)];
        if (leftFirst != rightFirst)
            Differ(path, $"linked with {leftFirst} | {rightFirst}");
    }

    private void CompareContent(RawPath path, RawPath name, FolderHandle left, FolderHandle right)
    {
        using var leftFile = LocalFiles.OpenFile(left, name);
        using var rightFile = LocalFiles.OpenFile(right, name);
        var (leftBytes, rightBytes) = (new byte[1 << 20], new byte[1 << 20]);
        for (var offset = 0L; ; offset += leftBytes.Length)
        {
            var leftLength = RandomAccess.Read(leftFile, leftBytes, offset);
            var rightLength = RandomAccess.Read(rightFile, rightBytes, offset);
            var common = leftBytes.AsSpan(0, leftLength).CommonPrefixLength(rightBytes.AsSpan(0, rightLength));
            if (common < Math.Max(leftLength, rightLength))
            {
                Differ(path, $"content at byte {offset + common}");
                return;
            }

            if (leftLength < leftBytes.Length)
                return;
        }
    }

    private static string Attributes(FolderHandle folder, RawPath name) => string.Join(
        ' ',
        ExtendedAttributes.Read(folder, name, default)
            .OrderBy(attribute => attribute.Name, StringComparer.Ordinal)
            .Select(attribute => $"{attribute.Name}={Convert.ToHexString(attribute.Value.Span)}"));

    private void Differ(RawPath path, string what) => _differences.Add($"{path}: {what}");
}
