using System.Runtime.InteropServices;

namespace BackupOnline.Agent.Hypervisors.HyperV.Windows;

/// <summary>VIRTUAL_STORAGE_TYPE of virtdisk.h; all zeros: the system finds it out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct VirtualDiskStorageType
{
    public uint DeviceId;
    public Guid VendorId;
}
