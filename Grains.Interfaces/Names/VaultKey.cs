namespace BackupOnline.Grains.Interfaces.Names;

/// <summary>Key of a Vault grain, <c>vault/acme/main</c>.</summary>
public readonly record struct VaultKey(string Tenant, string Vault)
{
    public override string ToString() => $"vault/{Tenant}/{Vault}";

    public static VaultKey Parse(string key)
    {
        var parts = KeyText.Split(key, "vault", 2);
        return new(parts[0], parts[1]);
    }
}
