using System.Text.Json.Serialization;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Engine.Keys;

/// <summary>A key file as it is stored: plain JSON whose <see cref="Data"/> is the master key, sealed with what scrypt makes of a password.</summary>
internal sealed record KeyFile
{
    [JsonPropertyName("created")]
    [JsonConverter(typeof(RfcTimeJsonConverter))]
    public DateTimeOffset Created { get; init; }

    [JsonPropertyName("username")]
    public string? Username { get; init; }

    [JsonPropertyName("hostname")]
    public string? Hostname { get; init; }

    [JsonPropertyName("kdf")]
    public string? Kdf { get; init; }

    [JsonPropertyName("N")]
    public ulong N { get; init; }

    [JsonPropertyName("r")]
    public uint R { get; init; }

    [JsonPropertyName("p")]
    public uint P { get; init; }

    [JsonPropertyName("salt")]
    public byte[]? Salt { get; init; }

    [JsonPropertyName("data")]
    public byte[]? Data { get; init; }
}
