namespace BackupOnline.Agent.Hypervisors.Dpm;

/// <summary>How machines are to be protected.</summary>
/// <param name="Group">Name of the protection group: a new one.</param>
/// <param name="Days">How long recovery points are kept: the contract owes 30 sliding days.</param>
/// <param name="TimesOfDay">Of the server's clock; Hyper-V has no incrementals in DPM, so that each is an express full.</param>
internal sealed record DpmProtection(string ProductionServer, string Group, IReadOnlyList<string> SourceIds, int Days, IReadOnlyList<TimeOnly> TimesOfDay)
{
    public const int ContractDays = 30;

    /// <summary>Express fulls that DPM keeps of application data at most.</summary>
    public const int MostPoints = 448;
}
