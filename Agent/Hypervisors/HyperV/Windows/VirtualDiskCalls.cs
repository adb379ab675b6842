using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace BackupOnline.Agent.Hypervisors.HyperV.Windows;

/// <summary>Functions of virtdisk.dll as virtdisk.h declares them. Never run yet: see docs/hot-backup-hyperv.md.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe partial class VirtualDiskCalls
{
    /// <summary>VIRTUAL_DISK_ACCESS_ATTACH_RO and VIRTUAL_DISK_ACCESS_GET_INFO.</summary>
    public const uint AccessAttachRead = 0x0001_0000;
    public const uint AccessInformation = 0x0008_0000;

    /// <summary>ATTACH_VIRTUAL_DISK_FLAG_READ_ONLY, _NO_DRIVE_LETTER, _NO_LOCAL_HOST.</summary>
    public const uint AttachReadOnlyUnseen = 1 | 2 | 8;

    /// <summary>GET_VIRTUAL_DISK_INFO_VERSION: size, identifier of the file, virtual storage type, identifier of the virtual disk, change tracking state.</summary>
    public const uint InformationSize = 1;
    public const uint InformationIdentifier = 2;
    public const uint InformationStorageType = 6;
    public const uint InformationDiskId = 14;
    public const uint InformationTracking = 15;

    [LibraryImport("virtdisk.dll", StringMarshalling = StringMarshalling.Utf16)]
    public static partial uint OpenVirtualDisk(VirtualDiskStorageType* type, string path, uint access, uint flags, void* parameters, out SafeFileHandle handle);

    [LibraryImport("virtdisk.dll")]
    public static partial uint AttachVirtualDisk(SafeFileHandle handle, void* securityDescriptor, uint flags, uint providerFlags, void* parameters, void* overlapped);

    [LibraryImport("virtdisk.dll")]
    public static partial uint GetVirtualDiskInformation(SafeFileHandle handle, ref uint size, void* information, uint* used);
}
