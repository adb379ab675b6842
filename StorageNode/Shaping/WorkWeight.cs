namespace BackupOnline.StorageNode.Shaping;

/// <summary>Weights on a full link: who waits for data goes before who sends it.</summary>
internal static class WorkWeight
{
    public const double Restore = 4;

    public const double Daily = 1;

    /// <summary>First copies and verification: they have time.</summary>
    public const double Patient = 0.25;

    /// <summary>Request header by which a client says that its work has time (<c>seeding</c>, <c>verification</c>). Only downwards: nobody gets ahead by a header.</summary>
    public const string Header = "Backup-Work";

    public static double Of(bool isRestore, string? work) =>
        work is "seeding" or "verification" ? Patient : isRestore ? Restore : Daily;
}
