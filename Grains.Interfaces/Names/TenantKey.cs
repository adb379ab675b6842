namespace BackupOnline.Grains.Interfaces.Names;

/// <summary>Key of a Tenant grain, <c>tenant/acme</c>. The prefix is not hexadecimal, so that AdoNet storage cannot alias keys (decision 7b).</summary>
public readonly record struct TenantKey(string Tenant)
{
    public override string ToString() => $"tenant/{Tenant}";

    public static TenantKey Parse(string key) => new(KeyText.Split(key, "tenant", 1)[0]);
}
