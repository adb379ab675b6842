using System.Text.Json;
using BackupOnline.Grains.Interfaces.Access;

namespace BackupOnline.Persistence.Embedded;

/// <summary>What the private database must not forget, in <c>database.json</c> (mode 600) of the data folder. Written before the cluster is made, so that a crash between leaves nothing that nobody can open.</summary>
internal sealed record DatabaseSecrets
{
    /// <summary>The folder that holds the cluster.</summary>
    public required string Folder { get; init; }

    public required int Port { get; init; }

    public required string OwnerPassword { get; init; }

    public required string ApplicationPassword { get; init; }

    public static DatabaseSecrets? Load(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize<DatabaseSecrets>(File.ReadAllText(path)) : null;

    public static DatabaseSecrets Make(string folder) => new()
    {
        Folder = folder,
        Port = FreePort.Choose(),
        OwnerPassword = SecretText.NewSecret(),
        ApplicationPassword = SecretText.NewSecret(),
    };

    public void Save(string path) => PrivateFile.Write(path, JsonSerializer.Serialize(this));
}
