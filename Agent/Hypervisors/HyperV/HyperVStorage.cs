namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>A disk or drive in a settings object.</summary>
/// <param name="Id">InstanceID: names controller and place; its first part is the machine's or the checkpoint's own GUID.</param>
/// <param name="ResourceType">31: an image in a drive; 17: a disk of the host.</param>
/// <param name="SubType">ResourceSubType.</param>
/// <param name="Path">HostResource[0].</param>
/// <param name="Reservations">PersistentReservationsSupported: other machines may write it too.</param>
internal sealed record HyperVStorage(string Id, int ResourceType, string SubType, string? Path, bool Reservations = false)
{
    private const string HardDisk = "Microsoft:Hyper-V:Virtual Hard Disk";
    private const string PhysicalDisk = "Microsoft:Hyper-V:Physical Disk Drive";

    public bool IsHardDisk => ResourceType == 31 && SubType == HardDisk && Path is not null;

    public bool IsPassThrough => ResourceType == 17 && SubType == PhysicalDisk;

    /// <summary>Shared among machines: a VHD Set, or a shared VHDX. A checkpoint of one machine cannot hold it.</summary>
    public bool IsShared => Reservations || Path?.EndsWith(".vhds", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The place in the machine, without the GUID of the settings object.</summary>
    public string Place => Id.Split('\\', 2) is [_, var place] ? place : Id;
}
