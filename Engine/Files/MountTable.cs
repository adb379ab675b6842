using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace BackupOnline.Engine.Files;

/// <summary>The mounted file systems at one moment, as the kernel lists them.</summary>
public sealed class MountTable
{
    private static readonly FrozenSet<string> s_network = FrozenSet.ToFrozenSet(
    [
        "9p", "acfs", "afp", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "davfs2", "fhgfs", "ftpfs", "glusterfs", "gpfs", "ibrix", "kafs",
        "lustre", "moosefs", "ncp", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "pvfs2", "quobyte", "smb", "smb2", "smb3", "smbfs", "sshfs", "webdav", "weka",
        "fuse.afp", "fuse.beegfs", "fuse.ceph", "fuse.ceph-fuse", "fuse.cifs", "fuse.curlftpfs", "fuse.davfs", "fuse.davfs2", "fuse.gcsfuse", "fuse.glusterfs",
        "fuse.goofys", "fuse.google-drive-ocamlfuse", "fuse.gvfsd-fuse", "fuse.juicefs", "fuse.lizardfs", "fuse.mfs", "fuse.moosefs", "fuse.nfs", "fuse.onedriver",
        "fuse.rclone", "fuse.s3fs", "fuse.seaweedfs", "fuse.smb", "fuse.smbnetfs", "fuse.sshfs", "fuse.webdav", "fuse.weed",
    ], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> s_virtual = FrozenSet.ToFrozenSet(
    [
        "autofs", "binfmt_misc", "bpf", "cgroup", "cgroup2", "configfs", "debugfs", "devpts", "devtmpfs", "efivarfs", "fuse.lxcfs", "fusectl", "hugetlbfs",
        "mqueue", "nsfs", "proc", "pstore", "rpc_pipefs", "securityfs", "selinuxfs", "sysfs", "tracefs",
    ], StringComparer.Ordinal);

    private readonly List<Mount> _mounts;

    private MountTable(List<Mount> mounts) => _mounts = mounts;

    /// <summary>All mounts; a later one on the same folder hides an earlier one.</summary>
    public IReadOnlyList<Mount> Mounts => _mounts;

    /// <summary>The mounts of this process. Empty where the system has no such list.</summary>
    public static MountTable Load() =>
        File.Exists("/proc/self/mountinfo") ? Parse(File.ReadAllBytes("/proc/self/mountinfo")) : new MountTable([]);

    /// <summary>
    /// Reads lines of <c>/proc/self/mountinfo</c> (proc(5)): id, parent, major:minor, root, mount point, options, optional fields, <c>-</c>, type, source, options.
    /// </summary>
    public static MountTable Parse(ReadOnlySpan<byte> mountInfo)
    {
        var mounts = new List<Mount>();
        foreach (var lineRange in mountInfo.Split((byte)'\n'))
        {
            var line = mountInfo[lineRange];
            var separator = line.IndexOf(" - "u8);
            if (separator < 0)
                continue;
            var before = Fields(line[..separator]);
            var after = Fields(line[(separator + 3)..]);
            if (before.Count < 5 || after.Count < 2)
                continue;
            var type = Encoding.UTF8.GetString(after[0]);
            mounts.Add(new Mount(new RawPath(Unescape(before[4])), type, Encoding.UTF8.GetString(Unescape(after[1])), KindOf(type)));
        }

        return new MountTable(mounts);
    }

    /// <summary>What a type means. An unknown FUSE type counts as local: encrypted and archive folders are such.</summary>
    public static FileSystemKind KindOf(string type) =>
        s_network.Contains(type) ? FileSystemKind.Network : s_virtual.Contains(type) ? FileSystemKind.Virtual : FileSystemKind.Local;

    /// <summary>The mount that holds an absolute, clean path; null when the table is empty.</summary>
    public Mount? Find(RawPath path)
    {
        Mount? best = null;
        foreach (var mount in _mounts)
        {
            if (IsAtOrBelow(path, mount.Point) && (best is null || mount.Point.Length >= best.Point.Length))
                best = mount;
        }

        return best;
    }

    /// <summary>The network mounts that a backup of a path would meet: the one that holds it, and those below it.</summary>
    public IReadOnlyList<Mount> NetworkMountsOf(RawPath path)
    {
        var found = _mounts.Where(mount => mount.Kind == FileSystemKind.Network && IsAtOrBelow(mount.Point, path) && Find(mount.Point) == mount).ToList();
        if (Find(path) is { Kind: FileSystemKind.Network } holder && !found.Contains(holder))
            found.Insert(0, holder);
        return found;
    }

    private static bool IsAtOrBelow(RawPath path, RawPath folder) =>
        folder == RawPath.Root || (path.Bytes.StartsWith(folder.Bytes) && (path.Length == folder.Length || path.Bytes[folder.Length] == '/'));

    private static List<byte[]> Fields(ReadOnlySpan<byte> line)
    {
        var fields = new List<byte[]>();
        foreach (var range in line.Split((byte)' '))
            fields.Add(line[range].ToArray());
        return fields;
    }

    /// <summary>Space, tab, newline and backslash are written as three octal digits.</summary>
    private static byte[] Unescape(byte[] field)
    {
        var bytes = new ArrayBufferWriter<byte>(field.Length + 1);
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] == '\\' && i + 3 < field.Length)
            {
                bytes.Write([(byte)(((field[i + 1] - '0') << 6) | ((field[i + 2] - '0') << 3) | (field[i + 3] - '0'))]);
                i += 3;
            }
            else
            {
                bytes.Write([field[i]]);
            }
        }

        return bytes.WrittenSpan.ToArray();
    }
}
