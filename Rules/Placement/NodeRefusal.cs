namespace BackupOnline.Rules.Placement;

/// <summary>Why a node was not chosen.</summary>
public enum NodeRefusal
{
    /// <summary>Another one was asked for by name.</summary>
    NotWanted = 0,

    /// <summary>It has not been seen lately.</summary>
    NotLive = 1,

    NoRoom = 2,

    /// <summary>It is the protected machine.</summary>
    SameHardware = 3,

    /// <summary>It stands where the protected machine stands.</summary>
    SameSite = 4,

    /// <summary>It would have done, but another one has a larger free share.</summary>
    LessFree = 5,
}
