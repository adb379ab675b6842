namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>What the customer has to be told.</summary>
[GenerateSerializer, Alias("bo.contract.notice-kind")]
public enum NoticeKind
{
    /// <summary>That the contract is about to renew, and until when it can be ended.</summary>
    Renewal = 0,

    /// <summary>That the notice was received, and when the contract ends.</summary>
    TerminationReceipt = 1,

    /// <summary>That the data will be erased soon.</summary>
    ErasureWarning = 2,

    /// <summary>That the data was erased.</summary>
    ErasureCertificate = 3,
}
