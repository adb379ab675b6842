namespace BackupOnline.Agent.Hypervisors;

/// <summary>A host on which machines can be made anew.</summary>
internal interface IMachineRestoreTarget
{
    /// <exception cref="HypervisorException">No room, or the name is taken: nothing was made.</exception>
    Task<IMachineRestore> PrepareAsync(MachineRestoreRequest request, CancellationToken cancellation);
}
