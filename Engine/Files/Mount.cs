namespace BackupOnline.Engine.Files;

/// <summary>A mounted file system.</summary>
/// <param name="Point">The folder where it is mounted.</param>
/// <param name="Type">Its type in the kernel's words: <c>ext4</c>, <c>nfs4</c>, <c>fuse.sshfs</c>.</param>
/// <param name="Source">The device, or the server's address.</param>
/// <param name="Kind">What the type means for a backup.</param>
public sealed record Mount(RawPath Point, string Type, string Source, FileSystemKind Kind);
