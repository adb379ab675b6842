namespace BackupOnline.Grains.Interfaces.Tenants;

/// <summary>Who holds a tenant's service back. Each lifts its own hold only; the service runs when nobody holds it.</summary>
public enum SuspensionCause
{
    /// <summary>The provider, for security or another reason of article 5.</summary>
    Provider = 0,

    /// <summary>The contract: suspended for want of payment, or over.</summary>
    Contract = 1,
}
