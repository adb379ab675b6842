using System.Net;

namespace BackupOnline.Silo.Settings;

/// <summary>What a silo is told by its environment: docs/operations/settings.md, decisions 5 and 13 to 15. Read by <see cref="SettingsReader"/>.</summary>
internal sealed record SiloSettings
{
    /// <summary>Full path of the data folder; silos and door of one machine share it. <c>BACKUPONLINE_DATA</c>, default <c>./data</c>.</summary>
    public required string DataFolder { get; init; }

    /// <summary>This node's name. <c>BACKUPONLINE_NODE</c>, default <c>node1</c>.</summary>
    public required string Node { get; init; }

    /// <summary><c>BACKUPONLINE_ROLES</c>: <c>grains</c>, <c>shelf</c>, or both (the default).</summary>
    public required SiloRoles Roles { get; init; }

    /// <summary>Where the shelf listens. <c>BACKUPONLINE_STORAGE</c>, default <c>127.0.0.1:8081</c>.</summary>
    public required IPEndPoint Storage { get; init; }

    /// <summary>The shelf's address as agents see it. <c>BACKUPONLINE_STORAGE_URL</c>, default made from <see cref="Storage"/>.</summary>
    public string? StorageUrl { get; init; }

    /// <summary>Where silo and gateway listen. <c>BACKUPONLINE_CLUSTER</c>, default and for now only loopback.</summary>
    public required IPAddress Cluster { get; init; }

    /// <summary>A PostgreSQL connection string, or null for the private database. <c>BACKUPONLINE_DB</c>.</summary>
    public string? Database { get; init; }

    /// <summary>Who migrates <see cref="Database"/>; null for the same. <c>BACKUPONLINE_DB_OWNER</c>.</summary>
    public string? DatabaseOwner { get; init; }

    /// <summary>Identity of the hardware (contract article 6); null reads the machine's id. <c>BACKUPONLINE_HARDWARE</c>.</summary>
    public string? Hardware { get; init; }

    /// <summary>Identity of the site. <c>BACKUPONLINE_SITE</c>, default <c>default</c>.</summary>
    public required string Site { get; init; }

    /// <summary>Certificate of the shelf, PFX or PEM. <c>BACKUPONLINE_TLS_CERT</c>.</summary>
    public string? Certificate { get; init; }

    /// <summary>Private key of a PEM certificate. <c>BACKUPONLINE_TLS_KEY</c>.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>Master key of hot vaults, outside the data folder; null for the default place. <c>BACKUPONLINE_MASTER_KEY_FILE</c>.</summary>
    public string? MasterKeyFile { get; init; }

    /// <summary>Proxies that end TLS before the shelf. <c>BACKUPONLINE_TRUSTED_PROXY</c>, separated by commas.</summary>
    public required IReadOnlyList<string> TrustedProxies { get; init; }

    public string Logs => Path.Combine(DataFolder, "logs");

    public string Run => Path.Combine(DataFolder, "run");

    public bool Hosts(SiloRoles role) => Roles.HasFlag(role);
}
