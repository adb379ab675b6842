namespace BackupOnline.Engine.Stores;

/// <summary>What a planned fault does.</summary>
public enum StoreFaultKind
{
    /// <summary>Fails and does nothing.</summary>
    FailBefore,

    /// <summary>Does it, then fails: the answer is lost.</summary>
    FailAfter,

    /// <summary>Flips one bit in the middle of what is stored or read.</summary>
    Corrupt,

    /// <summary>Stores or reads the first half only.</summary>
    Truncate,

    /// <summary>Waits for the fault's gate, then goes on unharmed.</summary>
    Delay,
}
