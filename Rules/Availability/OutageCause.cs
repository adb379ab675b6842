namespace BackupOnline.Rules.Availability;

/// <summary>Who answers for a time without service (article 6), the one who answers most first. Planned maintenance is ours: the contract excludes nothing else.</summary>
public enum OutageCause
{
    /// <summary>The provider, or nobody knows.</summary>
    Ours = 0,

    /// <summary>The customer's side.</summary>
    Customer = 1,

    /// <summary>The Internet between both, which is best effort (article 3).</summary>
    Internet = 2,

    ForceMajeure = 3,
}
