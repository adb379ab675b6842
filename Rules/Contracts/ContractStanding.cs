namespace BackupOnline.Rules.Contracts;

/// <summary>Where a contract stands at an instant, in the order of its life.</summary>
public enum ContractStanding
{
    /// <summary>Ordered; the first payment is awaited.</summary>
    Ordered = 0,

    /// <summary>The order was withdrawn before any payment.</summary>
    Withdrawn = 1,

    /// <summary>In its first period.</summary>
    Active = 2,

    /// <summary>In a later period, tacitly renewed.</summary>
    Renewed = 3,

    /// <summary>Running; it ends with the period in which notice was given.</summary>
    NoticeGiven = 4,

    /// <summary>Over; the customer moves away.</summary>
    Transition = 5,

    /// <summary>Over; the data can still be fetched.</summary>
    Retrieval = 6,

    /// <summary>Over; the data has to be erased.</summary>
    ErasureDue = 7,

    /// <summary>The data is erased, and certified so.</summary>
    Erased = 8,
}
