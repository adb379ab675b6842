namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>Msvm_VirtualSystemReferencePoint: the instant from which changes are counted.</summary>
/// <param name="Id">InstanceID.</param>
/// <param name="Type">ReferencePointType: 2 resilient change tracking.</param>
/// <param name="Disks">VirtualDiskIdentifiers; null when the property is missing.</param>
/// <param name="Tracking">ResilientChangeTrackingIdentifiers, parallel to <paramref name="Disks"/>; null when the property is missing.</param>
internal sealed record HyperVReferencePoint(string Id, int Type, IReadOnlyList<string>? Disks, IReadOnlyList<string>? Tracking)
{
    public const int ChangeTracking = 2;
}
