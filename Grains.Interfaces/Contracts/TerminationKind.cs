namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>Why a contract ends.</summary>
[GenerateSerializer, Alias("bo.contract.termination-kind")]
public enum TerminationKind
{
    /// <summary>By notice, with the end of a period.</summary>
    Notice = 0,

    /// <summary>At once, because the renewal was not announced as the law demands.</summary>
    FreeTermination = 1,

    /// <summary>For abuse, decided by two persons; at once and without refund (article 5).</summary>
    Abuse = 2,
}
