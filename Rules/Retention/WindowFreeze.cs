namespace BackupOnline.Rules.Retention;

/// <summary>Whether the window stops sliding while no new good point arrives.</summary>
public enum WindowFreeze
{
    /// <summary>It slides on with the calendar: a contract may choose so.</summary>
    None = 0,

    /// <summary>It stays at the day after the last good point: an attacker cannot stop the agent and wait until everything has expired.</summary>
    LastGood = 1,
}
