namespace BackupOnline.Agent.Lines;

/// <summary>The result of an enrolment, without its secrets.</summary>
internal sealed record EnrolledLine(string Tenant, string Host, string Vault, string Repository, string Configuration)
{
    public string MessageType { get; } = "enrolled";
}
