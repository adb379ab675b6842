namespace BackupOnline.Agent.Door;

/// <summary>RFC 9457 as the door writes it.</summary>
internal sealed record DoorProblem(int? Status, string? Code, string? Title, string? Detail)
{
    public const string TenantSuspended = "tenant-suspended";
}
