namespace BackupOnline.Grains.Interfaces.Names;

/// <summary>Key of a tenant's Traffic grain, <c>traffic/acme</c>.</summary>
public readonly record struct TrafficKey(string Tenant)
{
    public override string ToString() => $"traffic/{Tenant}";

    public static TrafficKey Parse(string key) => new(KeyText.Split(key, "traffic", 1)[0]);
}
