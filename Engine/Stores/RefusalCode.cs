namespace BackupOnline.Engine.Stores;

/// <summary>
/// Why a Backup OnLine shelf refuses, for programs, in a header beside the status; its sentences are for people and may change. Other REST servers send none.
/// </summary>
public static class RefusalCode
{
    /// <summary>The response header that carries one of these codes.</summary>
    public const string Header = "Backup-Online-Code";

    /// <summary>403: the credential is good, its tenant's contract is suspended.</summary>
    public const string TenantSuspended = "tenant-suspended";
}
