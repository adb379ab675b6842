namespace BackupOnline.Grains.Interfaces.Access;

/// <summary>What an access key may do at the door.</summary>
[GenerateSerializer, Alias("bo.access.role")]
public enum AccessRole
{
    /// <summary>Everything of its own tenant may be read.</summary>
    Reader = 0,

    /// <summary>Everything of its own tenant may be read and changed.</summary>
    Manager = 1,

    /// <summary>The provider's operator: all tenants, nodes, Dashboard.</summary>
    Operator = 2,
}
