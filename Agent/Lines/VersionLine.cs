using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>As restic's, with .NET's names for the platform where restic has Go's.</summary>
internal sealed record VersionLine(string Version, string Runtime, string Os, string Architecture)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "version";
}
