namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>How a credential stands before a vault.</summary>
[GenerateSerializer, Alias("bo.vault.standing")]
public enum CredentialStanding
{
    /// <summary>Unknown key, wrong secret, revoked, or no such vault: 401, and nobody learns which.</summary>
    Unknown = 0,

    /// <summary>Good, and of this vault.</summary>
    Good = 1,

    /// <summary>Good, but the tenant is suspended: 403 with a sentence that says so.</summary>
    Suspended = 2,

    /// <summary>Good, and the availability prober's: for the shelf's <c>.probe/</c> of this vault, and for nothing else (decision 22).</summary>
    Probe = 3,
}
