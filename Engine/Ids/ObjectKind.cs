namespace BackupOnline.Engine.Ids;

/// <summary>The kinds of object that a repository keeps in its store. All but <see cref="Config"/> are named by the SHA-256 of their bytes.</summary>
public enum ObjectKind
{
    /// <summary>The one sealed <c>config</c> at the root.</summary>
    Config,

    /// <summary><c>keys/</c>: plain JSON, each opens the master key with one password.</summary>
    Key,

    /// <summary><c>locks/</c>.</summary>
    Lock,

    /// <summary><c>snapshots/</c>.</summary>
    Snapshot,

    /// <summary><c>index/</c>: which blob lies where in which pack.</summary>
    Index,

    /// <summary><c>data/</c>: packs of blobs.</summary>
    Data,
}
