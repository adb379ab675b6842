namespace BackupOnline.Rules.Contracts;

/// <summary>Why a contract ends.</summary>
public enum TerminationCause
{
    /// <summary>With the end of the period in which notice was given.</summary>
    Notice = 0,

    /// <summary>At once: the renewal was not announced as the law demands.</summary>
    FreeTermination = 1,

    /// <summary>At once, for abuse, by two persons, without refund (article 5).</summary>
    Abuse = 2,
}
