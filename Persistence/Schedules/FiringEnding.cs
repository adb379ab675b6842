namespace BackupOnline.Persistence.Schedules;

/// <summary>How a claimed firing ended, as the row remembers it.</summary>
public enum FiringEnding
{
    /// <summary>Carried out.</summary>
    Done = 0,

    /// <summary>Not carried out; comes again after a back-off.</summary>
    Failed = 1,

    /// <summary>No answer in time, and it may be at work still: comes again, but not before its lease has ended.</summary>
    Unanswered = 2,

    /// <summary>Carried out, and nothing follows: the row goes.</summary>
    Ended = 3,
}
