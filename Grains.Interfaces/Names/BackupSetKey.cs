namespace BackupOnline.Grains.Interfaces.Names;

/// <summary>Key of a BackupSet grain, <c>set/acme/documents</c>.</summary>
public readonly record struct BackupSetKey(string Tenant, string Set)
{
    public override string ToString() => $"set/{Tenant}/{Set}";

    public static BackupSetKey Parse(string key)
    {
        var parts = KeyText.Split(key, "set", 2);
        return new(parts[0], parts[1]);
    }
}
