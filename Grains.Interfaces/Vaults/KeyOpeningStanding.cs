namespace BackupOnline.Grains.Interfaces.Vaults;

[GenerateSerializer, Alias("bo.vault.opening-standing")]
public enum KeyOpeningStanding
{
    /// <summary>Waits for the second person.</summary>
    Requested = 0,

    /// <summary>Agreed to; the storage side has not sealed the key yet.</summary>
    Approved = 1,

    /// <summary>The sealed key can be fetched.</summary>
    Sealed = 2,

    /// <summary>Over, agreed to or not; what was sealed is no longer given out.</summary>
    Expired = 3,
}
