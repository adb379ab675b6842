using BackupOnline.Rules.Availability;
using BackupOnline.Rules.Contracts;
using NodaTime;

namespace BackupOnline.Grains.Contracts;

/// <summary>The numbers with which new contracts are ordered. A contract that runs keeps its own until they are changed for its next period.</summary>
public sealed class ContractOptions
{
    /// <summary>Names these numbers in views and in the log; change it with them. Default 2026-1.</summary>
    public string Version { get; set; } = ContractPolicy.Default.Version;

    /// <summary>IANA name of the zone of all civil dates; default Europe/Paris.</summary>
    public string TimeZone { get; set; } = ContractPolicy.Default.Zone.Id;

    /// <summary>Unavailability in per cent above which a month credits, 1 to 99; default 1. The contract's text can also be read as 11.</summary>
    public int TriggerPercent { get; set; } = SlaPolicy.Default.TriggerPercent;

    /// <summary>Days before the last valid one on which a renewal notice should go out, 0 to 60; default 14.</summary>
    public int NoticeLeadDays { get; set; } = ContractPolicy.Default.NoticeLeadDays;

    internal ContractPolicy ToPolicy() => ContractPolicy.Default with
    {
        Version = Version,
        Zone = DateTimeZoneProviders.Tzdb[TimeZone],
        Sla = SlaPolicy.Default with { TriggerPercent = TriggerPercent },
        NoticeLeadDays = NoticeLeadDays,
    };
}
