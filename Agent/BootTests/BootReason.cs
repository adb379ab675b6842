namespace BackupOnline.Agent.BootTests;

/// <summary>What decided a boot test.</summary>
internal enum BootReason
{
    /// <summary>Good: the agent in the guest answered.</summary>
    AgentAnswered,

    /// <summary>Good: the text came on the serial line.</summary>
    TextSeen,

    /// <summary>Bad: the firmware found nothing to start.</summary>
    NothingBootable,

    /// <summary>Bad: the guest said on its serial line that it cannot go on.</summary>
    GuestGaveUp,

    /// <summary>Bad: it started over and over again.</summary>
    StartsOver,

    /// <summary>Bad: it turned itself off.</summary>
    TurnedOff,

    /// <summary>Bad: no sign of life before the deadline.</summary>
    Silent,

    /// <summary>Bad: blocks of the point are missing or damaged in the repository.</summary>
    RepositoryDamaged,
}
