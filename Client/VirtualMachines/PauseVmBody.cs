using BackupOnline.Client.Answers;

namespace BackupOnline.Client.VirtualMachines;

internal sealed record PauseVmBody : CheckedBody
{
    public required bool Paused { get; init; }

    /// <summary>Goes into the tenant's log.</summary>
    [PlainText(0, 200)]
    public string? Reason { get; init; }
}
