namespace BackupOnline.Agent.Sources;

/// <summary>A mounted file system: where it hangs, its kind as the kernel names it, and what it shows.</summary>
internal sealed record MountPoint(string Path, string Kind, string Origin);
