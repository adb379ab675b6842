namespace BackupOnline.Rules.Retention;

/// <summary>Why <see cref="SlidingRule"/> keeps a point; in the order in which reasons are listed.</summary>
public enum KeepReason
{
    LegalHold = 0,

    /// <summary>Its lock has not ended.</summary>
    Immutable = 1,

    /// <summary>Its instant has not come: a clock is wrong, and nothing is deleted on the word of a wrong clock.</summary>
    Future = 2,

    /// <summary>Its civil day lies in the window.</summary>
    Window = 3,

    /// <summary>The window's length in elapsed hours is not over.</summary>
    Elapsed = 4,

    LastGood = 5,

    /// <summary>The newest partial one after the last good point.</summary>
    Resumable = 6,
}
