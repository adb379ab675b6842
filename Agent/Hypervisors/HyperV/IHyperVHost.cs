namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>
/// The calls that a backup makes of one Hyper-V host: each member is one WMI call of <c>root\virtualization\v2</c>, or one of virtdisk, and holds no logic. Everything
/// that decides, waits, maps or repeats lies above. A reference to an instance is its key alone: what it holds has to be asked for again.
/// </summary>
internal interface IHyperVHost : IAsyncDisposable
{
    /// <summary>Msvm_ComputerSystem, virtual machines only.</summary>
    Task<IReadOnlyList<HyperVSystem>> SystemsAsync(CancellationToken cancellation);

    /// <summary>Msvm_VssComponent and Msvm_HeartbeatComponent of a machine.</summary>
    Task<HyperVComponents> ComponentsAsync(string system, CancellationToken cancellation);

    /// <summary>Msvm_VirtualSystemSettingData of the running machine (Microsoft:Hyper-V:System:Realized).</summary>
    Task<HyperVSettings> SettingsAsync(string system, CancellationToken cancellation);

    /// <summary>Msvm_SnapshotOfVirtualSystem: every checkpoint, of every type.</summary>
    Task<IReadOnlyList<HyperVSnapshot>> SnapshotsAsync(string system, CancellationToken cancellation);

    /// <summary>Msvm_StorageAllocationSettingData and Msvm_ResourceAllocationSettingData of a settings object (a machine's, a checkpoint's, a planned machine's), in no order.</summary>
    Task<IReadOnlyList<HyperVStorage>> StorageAsync(string settings, CancellationToken cancellation);

    /// <summary>Files of a checkpoint's configuration: ConfigurationDataRoot\Snapshots\{id}.vmcx, .vmrs, .vmgs.</summary>
    Task<IReadOnlyList<ConfigurationFile>> ConfigurationAsync(string snapshot, CancellationToken cancellation);

    /// <summary>Msvm_VirtualSystemSnapshotService.CreateSnapshot, type 32768 (recovery), backup type copy.</summary>
    /// <param name="system">Msvm_ComputerSystem.Name.</param>
    /// <param name="name">ElementName of the settings.</param>
    /// <param name="consistency">ConsistencyLevel: 1 application, 2 crash.</param>
    /// <param name="cancellation">Ends the call, not the host's work.</param>
    Task<HyperVReply> CreateSnapshotAsync(string system, string name, int consistency, CancellationToken cancellation);

    /// <summary>Msvm_VirtualSystemSnapshotService.DestroySnapshot.</summary>
    Task<HyperVReply> DestroySnapshotAsync(string snapshot, CancellationToken cancellation);

    /// <summary>Msvm_VirtualSystemSnapshotService.ConvertToReferencePoint.</summary>
    Task<HyperVReply> ConvertToReferencePointAsync(string snapshot, CancellationToken cancellation);

    /// <summary>Msvm_ReferencePointOfVirtualSystem.</summary>
    Task<IReadOnlyList<HyperVReferencePoint>> ReferencePointsAsync(string system, CancellationToken cancellation);

    /// <summary>Msvm_VirtualSystemReferencePointService.DestroyReferencePoint.</summary>
    Task<HyperVReply> DestroyReferencePointAsync(string point, CancellationToken cancellation);

    /// <summary>Msvm_ConcreteJob by its InstanceID, read anew; null: the host no longer has it.</summary>
    Task<HyperVJob?> JobAsync(string job, CancellationToken cancellation);

    /// <summary>Key of what a job made (its Msvm_AffectedJobElement); null: none is associated.</summary>
    Task<string?> JobResultAsync(string job, CancellationToken cancellation);

    /// <summary>Msvm_ImageManagementService.GetVirtualDiskChanges.</summary>
    Task<HyperVChanges> ChangesAsync(string path, string since, long offset, long length, CancellationToken cancellation);

    /// <summary>virtdisk GetVirtualDiskInformation: size, identity, storage type, change tracking.</summary>
    Task<HyperVDiskFacts> DiskAsync(string path, CancellationToken cancellation);

    /// <summary>virtdisk OpenVirtualDisk and AttachVirtualDisk, read only and without a drive letter.</summary>
    Task<IHyperVDisk> OpenDiskAsync(string path, CancellationToken cancellation);
}
