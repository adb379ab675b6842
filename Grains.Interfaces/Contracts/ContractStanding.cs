namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>Where a contract stands at an instant.</summary>
[GenerateSerializer, Alias("bo.contract.standing")]
public enum ContractStanding
{
    /// <summary>Ordered and accepted; the first payment is awaited.</summary>
    Ordered = 0,

    /// <summary>The order was withdrawn before any payment.</summary>
    Withdrawn = 1,

    /// <summary>In its first period.</summary>
    Active = 2,

    /// <summary>In a later period, tacitly renewed.</summary>
    Renewed = 3,

    /// <summary>Still running; it ends with the present period.</summary>
    NoticeGiven = 4,

    /// <summary>Over. The customer moves away; at most 30 days.</summary>
    Transition = 5,

    /// <summary>Over. The data can still be fetched; at least 30 days.</summary>
    Retrieval = 6,

    /// <summary>Over. The data has to be erased.</summary>
    ErasureDue = 7,

    /// <summary>The data is erased, and certified so.</summary>
    Erased = 8,
}
