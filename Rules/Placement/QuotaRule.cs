namespace BackupOnline.Rules.Placement;

/// <summary>How a tenant's quota is divided among its vaults. Bytes; a quota of null is no limit. Nothing is ever promised twice.</summary>
public static class QuotaRule
{
    /// <summary>
    /// Bytes that a vault without a quota of its own may hold: the tenant's quota less the vaults' own quotas, in equal parts, rounded down to whole
    /// bytes; never below 0; null when the tenant has no limit. With no such vault yet, it is the part that the first one would get.
    /// </summary>
    /// <param name="vaults">The own quota of each vault, null for those without.</param>
    public static long? RestBytes(long? tenantQuotaBytes, IEnumerable<long?> vaults)
    {
        if (tenantQuotaBytes is not { } total) return null;
        var (own, without) = Sum(vaults);
        return own >= total ? 0 : (long)((total - own) / Math.Max(1, without));
    }

    /// <summary>True when the vaults' own quotas together do not exceed the tenant's (equal is allowed).</summary>
    public static bool Fits(long? tenantQuotaBytes, IEnumerable<long?> vaults) => tenantQuotaBytes is not { } total || Sum(vaults).Own <= total;

    private static (Int128 Own, int Without) Sum(IEnumerable<long?> vaults)
    {
        Int128 own = 0;
        var without = 0;
        foreach (var quota in vaults)
        {
            own += quota ?? 0;
            without += quota is null ? 1 : 0;
        }

        return (own, without);
    }
}
