namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>What a credential may do on the shelf: design decision 16.</summary>
[GenerateSerializer, Alias("bo.vault.scope")]
public enum CredentialScope
{
    /// <summary>Read all, create and delete locks.</summary>
    Restore = 0,

    /// <summary>Read all, create all, delete locks.</summary>
    Append = 1,

    /// <summary>As append, and hide objects.</summary>
    Prune = 2,
}
