namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>The calls of Msvm_VirtualSystemManagementService that make a machine from files; as thin as <see cref="IHyperVHost"/>.</summary>
internal interface IHyperVRestoreHost : IHyperVHost
{
    /// <summary>ImportSystemDefinition with GenerateNewSystemIdentifier: a planned machine, not yet a real one.</summary>
    Task<HyperVReply> ImportAsync(string definition, string snapshotFolder, CancellationToken cancellation);

    /// <summary>Settings object of a planned machine.</summary>
    Task<string> PlannedSettingsAsync(string planned, CancellationToken cancellation);

    /// <summary>ModifySystemSettings: ElementName.</summary>
    Task<HyperVReply> RenameAsync(string settings, string name, CancellationToken cancellation);

    /// <summary>ModifyResourceSettings: HostResource of a disk.</summary>
    Task<HyperVReply> MoveStorageAsync(string storage, string path, CancellationToken cancellation);

    /// <summary>RemoveResourceSettings: a drive of which the point has no disk.</summary>
    Task<HyperVReply> RemoveStorageAsync(string storage, CancellationToken cancellation);

    /// <summary>ModifyResourceSettings of every Msvm_EthernetPortAllocationSettingData: EnabledState 3, not connected.</summary>
    Task<HyperVReply> DisconnectNetworkAsync(string settings, CancellationToken cancellation);

    Task<HyperVReply> ValidateAsync(string planned, CancellationToken cancellation);

    Task<HyperVReply> RealizeAsync(string planned, CancellationToken cancellation);

    /// <summary>DestroySystem of a planned machine.</summary>
    Task<HyperVReply> DestroyPlannedAsync(string planned, CancellationToken cancellation);
}
