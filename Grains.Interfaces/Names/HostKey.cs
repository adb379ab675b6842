namespace BackupOnline.Grains.Interfaces.Names;

/// <summary>Key of a Host grain, <c>host/acme/web01</c>.</summary>
public readonly record struct HostKey(string Tenant, string Host)
{
    public override string ToString() => $"host/{Tenant}/{Host}";

    public static HostKey Parse(string key)
    {
        var parts = KeyText.Split(key, "host", 2);
        return new(parts[0], parts[1]);
    }
}
