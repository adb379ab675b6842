namespace BackupOnline.Fleet;

/// <summary>What became of one variant.</summary>
/// <param name="OnTime">Daily backups that ended within 24 hours.</param>
/// <param name="Late">Daily backups that ended later, or had not ended after 24 hours when the simulation ended.</param>
/// <param name="Stuck">Slots in which a tenant with something to send could send nothing: must be 0.</param>
public sealed record FleetResult(Variant Variant, IReadOnlyList<MonthResult> Months, int OnTime, int Late, int Stuck)
{
    public const long CapBytes = 187_500_000;

    public IEnumerable<MonthResult> Breaches => Months.Where(month => month.PercentileBytes > CapBytes);
}
