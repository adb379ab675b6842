namespace BackupOnline.Persistence.Storage;

/// <summary>The kinds of listing rows.</summary>
public static class ListingKind
{
    public const string Tenant = "tenant";
    public const string Vault = "vault";
    public const string BackupSet = "set";
    public const string Host = "host";
    public const string Job = "job";
    public const string Node = "node";
    public const string Vm = "vm";
}
