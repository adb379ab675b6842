namespace BackupOnline.Agent.Exits;

/// <summary>What the process ends with: restic's table, extended above 20. Scripts rely on it: a meaning is never changed.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>Nothing was done, or the run had to stop.</summary>
    public const int Fatal = 1;

    /// <summary>Done, but some sources could not be read.</summary>
    public const int Partial = 3;

    public const int NoRepository = 10;
    public const int Locked = 11;
    public const int WrongPassword = 12;

    /// <summary>The vault's quota is used up, or the disk under the repository is full.</summary>
    public const int NoRoom = 20;

    public const int Suspended = 21;

    /// <summary>Stored or received bytes are not what was written.</summary>
    public const int Integrity = 22;

    public const int NotAuthorised = 23;

    /// <summary>The server cannot be reached or asks to come back later: running again is the right answer.</summary>
    public const int Unavailable = 24;

    /// <summary>A recovery point was started, and did not come up.</summary>
    public const int BadPoint = 25;

    public const int Interrupted = 130;
}
