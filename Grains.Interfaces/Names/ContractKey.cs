namespace BackupOnline.Grains.Interfaces.Names;

/// <summary>Key of a tenant's Contract grain, <c>contract/acme</c>.</summary>
public readonly record struct ContractKey(string Tenant)
{
    public override string ToString() => $"contract/{Tenant}";

    public static ContractKey Parse(string key) => new(KeyText.Split(key, "contract", 1)[0]);
}
