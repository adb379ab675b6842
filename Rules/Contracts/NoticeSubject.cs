namespace BackupOnline.Rules.Contracts;

/// <summary>What a customer has to be told.</summary>
public enum NoticeSubject
{
    /// <summary>The contract is about to renew, and until when it can be ended.</summary>
    Renewal = 0,

    /// <summary>The notice was received, and when the contract ends.</summary>
    TerminationReceipt = 1,

    /// <summary>The data will be erased soon.</summary>
    ErasureWarning = 2,

    /// <summary>The data was erased.</summary>
    ErasureCertificate = 3,
}
