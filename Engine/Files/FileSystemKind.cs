namespace BackupOnline.Engine.Files;

/// <summary>Whether a file system's bytes lie on this machine.</summary>
public enum FileSystemKind
{
    /// <summary>On a disk of this machine, or on a remote block device that only it uses.</summary>
    Local,

    /// <summary>Another machine serves the files: slow, shared, and its owner should back it up where it lies.</summary>
    Network,

    /// <summary>Made up by the kernel, such as <c>/proc</c>: nothing to back up.</summary>
    Virtual,
}
