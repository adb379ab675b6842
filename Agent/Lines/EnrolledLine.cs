using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>The result of an enrolment, without its secrets.</summary>
internal sealed record EnrolledLine(string Tenant, string Host, string Vault, string Repository, string Configuration)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "enrolled";
}
