namespace BackupOnline.Agent.BootTests;

/// <summary>Why a test ends, and what was seen: a line of the serial log, the guest's system, a message.</summary>
internal sealed record BootDecision(BootReason Reason, string Detail)
{
    public bool Good => Reason is BootReason.AgentAnswered or BootReason.TextSeen;
}
