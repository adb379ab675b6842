namespace BackupOnline.Rules.Traffic;

/// <summary>Why a plan is as it is.</summary>
public enum PacingReason
{
    /// <summary>There is nothing to send.</summary>
    NothingToSend = 0,

    /// <summary>The work fits quietly, and credits are spent on ending it sooner.</summary>
    SpareCredits = 1,

    /// <summary>Credits are spent because the work would not end in time without them.</summary>
    NeededCredits = 2,

    /// <summary>The credits that are left are kept for days that will need them: everything goes quietly.</summary>
    CreditsKept = 3,

    /// <summary>Too little for a burst slot: it goes quietly.</summary>
    SmallWork = 4,

    /// <summary>Today's work cannot end in time within the credits that are left: the level is raised instead.</summary>
    TodayOutOfReach = 5,

    /// <summary>The days of this month need more credits than are left: the level is raised evenly instead of bursting.</summary>
    MonthOutOfReach = 6,

    /// <summary>More slots than the percentile leaves out were above the limit already: the level may be raised to where the percentile is anyway.</summary>
    MonthExceeded = 7,

    /// <summary>Credits will be needed and there are none to spare: they are spent as late as the deadline allows, when it is known how much is left to send.</summary>
    LateCredits = 8,

    /// <summary>The day's share of spare credits is at least twice what it takes: everything goes at once, from now to the last byte.</summary>
    PlentyOfCredits = 9,
}
