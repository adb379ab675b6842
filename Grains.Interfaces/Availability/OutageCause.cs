namespace BackupOnline.Grains.Interfaces.Availability;

/// <summary>Who answers for a minute without service. Only the first one counts against the provider (contract article 6).</summary>
[GenerateSerializer, Alias("bo.availability.cause")]
public enum OutageCause
{
    Ours = 0,
    Customer = 1,
    Internet = 2,
    ForceMajeure = 3,
}
