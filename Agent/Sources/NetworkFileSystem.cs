using System.Collections.Frozen;

namespace BackupOnline.Agent.Sources;

/// <summary>
/// What the contract's article 3 leaves out: network drives, shared drives and data hosted elsewhere. Kinds as the Linux kernel names them
/// (filesystems(5) and the FUSE subtypes of the usual clients), and a name of ours for a mapped drive of Windows.
/// </summary>
internal static class NetworkFileSystem
{
    public const string AnyDrive = "network drive";

    private static readonly FrozenSet<string> Kinds = new[]
    {
        AnyDrive, "nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "ncpfs", "afs", "coda", "9p", "virtiofs", "vboxsf", "vmhgfs",
        "ceph", "glusterfs", "lustre", "beegfs", "orangefs", "pvfs2", "gfs2", "ocfs2", "gpfs", "davfs", "sshfs", "shfs",
        "fuse.sshfs", "fuse.davfs", "fuse.davfs2", "fuse.curlftpfs", "fuse.smbnetfs", "fuse.rclone", "fuse.s3fs", "fuse.goofys", "fuse.mount-s3", "fuse.gcsfuse",
        "fuse.glusterfs", "fuse.ceph", "fuse.ceph-fuse", "fuse.moosefs", "fuse.mfs", "fuse.juicefs", "fuse.seaweedfs", "fuse.gvfsd-fuse", "fuse.kio-fuse",
        "fuse.vmhgfs-fuse", "fuse.cvmfs", "fuse.google-drive-ocamlfuse", "fuse.onedriver",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Is(MountPoint mount) => Kinds.Contains(mount.Kind) || LooksRemote(mount);

    // davfs2 and others are plain "fuse" for the kernel; their origin is an address: https://..., \\server\share, //server/share, user@host:path.
    private static bool LooksRemote(MountPoint mount) =>
        mount.Kind.StartsWith("fuse", StringComparison.Ordinal)
        && mount.Kind is not ("fuseblk" or "fusectl")
        && (mount.Origin.Contains("://", StringComparison.Ordinal)
            || mount.Origin.StartsWith("//", StringComparison.Ordinal)
            || mount.Origin.StartsWith(@"\\", StringComparison.Ordinal)
            || (mount.Origin.Contains('@') && mount.Origin.Contains(':')));
}
