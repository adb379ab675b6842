namespace BackupOnline.Grains.Interfaces.Names;

/// <summary>Key of a tenant's Availability grain, <c>availability/acme</c>.</summary>
public readonly record struct AvailabilityKey(string Tenant)
{
    public override string ToString() => $"availability/{Tenant}";

    public static AvailabilityKey Parse(string key) => new(KeyText.Split(key, "availability", 1)[0]);
}
