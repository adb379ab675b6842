namespace BackupOnline.Silo.Settings;

/// <summary>What this process does (decision 5).</summary>
[Flags]
internal enum SiloRoles
{
    None = 0,

    /// <summary>Hosts grains.</summary>
    Grains = 1,

    /// <summary>Serves this machine's shelf.</summary>
    Shelf = 2,
}
