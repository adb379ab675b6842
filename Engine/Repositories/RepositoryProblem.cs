namespace BackupOnline.Engine.Repositories;

/// <summary>The closed list of what can go wrong with a repository, as its user has to tell them apart. The agent maps each to an exit code.</summary>
public enum RepositoryProblem
{
    /// <summary>The store answers, but holds no repository (no <c>config</c>).</summary>
    NoRepository,

    /// <summary>Init found a repository.</summary>
    RepositoryExists,

    /// <summary>A single object (pack, snapshot, index) or blob that should be there is not: stored data was lost.</summary>
    NotFound,

    /// <summary>No snapshot has the id, or fits the filter, that was asked for.</summary>
    NoSnapshot,

    /// <summary>A short id or a filter fits more than one snapshot.</summary>
    Ambiguous,

    /// <summary>No key of the repository opens with this password.</summary>
    WrongPassword,

    /// <summary>Another process holds a lock that excludes ours.</summary>
    Locked,

    /// <summary>Stored bytes are not what was written: a hash, a MAC or a structure does not fit.</summary>
    Corrupt,

    /// <summary>A single object is there but cannot be read: a bad sector, the permissions of that file. What others say of the repository can still be had.</summary>
    Unreadable,

    /// <summary>The store refuses: credential, scope or file permissions. Trying again does not help.</summary>
    AccessDenied,

    /// <summary>The store knows the credential, but its contract is suspended: nothing is served until it is resumed.</summary>
    Suspended,

    /// <summary>Quota or disk full on the side of the store.</summary>
    NoRoom,

    /// <summary>The store could not be reached, or kept failing, for as long as we were told to try.</summary>
    Unreachable,

    /// <summary>Config of another format version than 2.</summary>
    UnsupportedVersion,

    /// <summary>An address that must not be used, such as http:// to another machine.</summary>
    UnsafeAddress,

    /// <summary>The store refuses or answers in a way that the protocol does not know: another server, a proxy, a bug.</summary>
    Protocol,
}
