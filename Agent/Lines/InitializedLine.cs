namespace BackupOnline.Agent.Lines;

/// <summary>restic's answer of init.</summary>
internal sealed record InitializedLine(string Id, string Repository)
{
    public string MessageType { get; } = "initialized";
}
