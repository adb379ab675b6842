namespace BackupOnline.Agent.Lines;

/// <summary>A source or target that failed; on standard error.</summary>
internal sealed record ErrorLine(ErrorText Error, string During, string Item)
{
    public string MessageType { get; } = "error";
}
