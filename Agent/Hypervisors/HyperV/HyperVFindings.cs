namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>Words for what a machine lacks; the codes are stable.</summary>
internal static class HyperVFindings
{
    public static PreflightFinding ForeignCheckpoint(HyperVSnapshot snapshot) => new("foreign-recovery-checkpoint",
        $"another backup product left the recovery checkpoint '{snapshot.Name}', or is at work: end it there, or remove it with Get-VMSnapshot -SnapshotType Recovery | Remove-VMSnapshot");

    public static PreflightFinding LeftOut(HyperVStorage storage) => storage.IsShared
        ? new("shared-disk", $"{storage.Path} is shared among machines and is NOT backed up")
        : new("pass-through-disk", $"{storage.Place} is a disk of the host (pass-through) and is NOT backed up: make it a VHDX, or back up its files from inside the guest");

    /// <summary>Null: the service is as it should be.</summary>
    public static PreflightFinding? Of(string code, string name, HyperVComponent component) => component.State switch
    {
        GuestAgentState.Ok => null,
        GuestAgentState.Absent => new($"{code}-off", $"its integration service '{name}' is switched off: switch it on with Enable-VMIntegrationService"),
        GuestAgentState.Degraded => new($"{code}-degraded", $"its integration service '{name}' speaks an older protocol: it works; update the guest when you can"),
        GuestAgentState.Incompatible => new($"{code}-incompatible", $"its integration service '{name}' does not fit this host: update it in the guest"),
        GuestAgentState.Lost => new($"{code}-lost", $"its integration service '{name}' no longer answers: look whether the guest hangs"),
        _ => new($"{code}-no-contact", $"its integration service '{name}' has not answered yet: it is not installed, or the guest is still starting"),
    };
}
