namespace BackupOnline.Agent.Lines;

/// <summary>One examined point.</summary>
internal sealed record DoctorLine(string Point, string Verdict, string Finding, string? Advice)
{
    public string MessageType { get; } = "doctor";
}
