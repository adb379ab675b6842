using System.Net;
using BackupOnline.Grains.Interfaces.Names;
using Npgsql;

namespace BackupOnline.Silo.Settings;

/// <summary>Reads and checks the settings before anything is opened.</summary>
internal static class SettingsReader
{
    public static SiloSettings Read(IConfiguration source) => new()
    {
        DataFolder = Path.GetFullPath(source.Text("BACKUPONLINE_DATA") ?? "data"),
        Node = Node(source.Text("BACKUPONLINE_NODE") ?? "node1"),
        Roles = Roles(source.Text("BACKUPONLINE_ROLES") ?? "grains,shelf"),
        Storage = Storage(source.Text("BACKUPONLINE_STORAGE") ?? "127.0.0.1:8081"),
        StorageUrl = source.Text("BACKUPONLINE_STORAGE_URL"),
        Cluster = Cluster(source.Text("BACKUPONLINE_CLUSTER") ?? "127.0.0.1"),
        Database = Connection(source, "BACKUPONLINE_DB"),
        DatabaseOwner = Owner(source),
        Hardware = source.Text("BACKUPONLINE_HARDWARE"),
        Site = source.Text("BACKUPONLINE_SITE") ?? "default",
        Certificate = source.Text("BACKUPONLINE_TLS_CERT"),
        CertificateKey = source.Text("BACKUPONLINE_TLS_KEY"),
        MasterKeyFile = source.Text("BACKUPONLINE_MASTER_KEY_FILE"),
        TrustedProxies = source.Text("BACKUPONLINE_TRUSTED_PROXY")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
    };

    private static string? Text(this IConfiguration source, string name) => source[name] is { } text && text.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    private static string Node(string text) =>
        NameRule.IsWellFormed(text) ? text : throw new SettingsException($"BACKUPONLINE_NODE is '{text}', which is not a name. {NameRule.Advice}");

    private static SiloRoles Roles(string text)
    {
        var roles = SiloRoles.None;
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            roles |= word switch
            {
                "grains" => SiloRoles.Grains,
                "shelf" => SiloRoles.Shelf,
                _ => throw new SettingsException($"BACKUPONLINE_ROLES names '{word}': use grains, shelf, or grains,shelf."),
            };
        }

        return roles != SiloRoles.None ? roles : throw new SettingsException("BACKUPONLINE_ROLES is empty: use grains, shelf, or grains,shelf.");
    }

    private static IPEndPoint Storage(string text) =>
        IPEndPoint.TryParse(text, out var endpoint) && endpoint.Port is > 0
            ? endpoint
            : throw new SettingsException($"BACKUPONLINE_STORAGE is '{text}': give address:port, for example 127.0.0.1:8081 or [::1]:8081.");

    // Decision 15. Whoever reaches these ports can call any grain.
    private static IPAddress Cluster(string text)
    {
        if (!IPAddress.TryParse(text, out var address))
            throw new SettingsException($"BACKUPONLINE_CLUSTER is '{text}': give an IP address.");
        return IPAddress.IsLoopback(address)
            ? address
            : throw new SettingsException(
                $"BACKUPONLINE_CLUSTER is '{text}', which is not a loopback address: silo and gateway ports have no authentication of their own, and mutual TLS for them is not built yet. Use 127.0.0.1.");
    }

    private static string? Owner(IConfiguration source)
    {
        var owner = Connection(source, "BACKUPONLINE_DB_OWNER");
        return owner is null || source.Text("BACKUPONLINE_DB") is not null
            ? owner
            : throw new SettingsException("BACKUPONLINE_DB_OWNER is set without BACKUPONLINE_DB: set both, or neither for the private database.");
    }

    // The value is a secret: the message must not repeat it.
    private static string? Connection(IConfiguration source, string name)
    {
        if (source.Text(name) is not { } text)
            return null;
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 }
                ? text
                : throw new SettingsException($"{name} names no Host: give Host=...;Database=...;Username=...;Password=...");
        }
        catch (ArgumentException)
        {
            throw new SettingsException($"{name} is not a PostgreSQL connection string: give Host=...;Database=...;Username=...;Password=...");
        }
    }
}
