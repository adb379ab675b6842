namespace BackupOnline.Grains.Tenants;

/// <summary>The documents that a tenant accepts before anything is kept for it (contract articles 1 and 2).</summary>
internal static class Terms
{
    public const string General = "general-conditions";
    public const string Specific = "specific-conditions";

    public static IReadOnlyList<string> All { get; } = [General, Specific];
}
