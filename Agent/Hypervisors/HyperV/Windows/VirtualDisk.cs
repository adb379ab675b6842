using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace BackupOnline.Agent.Hypervisors.HyperV.Windows;

/// <summary>A disk file through virtdisk: attached for reading until it is disposed; offsets of the handle are those of the virtual disk.</summary>
[SupportedOSPlatform("windows")]
internal sealed class VirtualDisk(SafeFileHandle handle) : IHyperVDisk
{
    /// <summary>GET_VIRTUAL_DISK_INFO: the version, padding, then a union; none that is asked for here is longer.</summary>
    private const int InformationLength = 1024;

    private const int Union = 8;

    public static unsafe VirtualDisk Attach(string path)
    {
        var handle = Open(path, VirtualDiskCalls.AccessAttachRead | VirtualDiskCalls.AccessInformation);
        var code = VirtualDiskCalls.AttachVirtualDisk(handle, null, VirtualDiskCalls.AttachReadOnlyUnseen, 0, null, null);
        if (code == 0)
            return new VirtualDisk(handle);
        handle.Dispose();
        throw Failed(path, code);
    }

    public static HyperVDiskFacts Facts(string path)
    {
        using var handle = Open(path, VirtualDiskCalls.AccessInformation);
        var size = Information(handle, path, VirtualDiskCalls.InformationSize);
        var type = BitConverter.ToUInt32(Information(handle, path, VirtualDiskCalls.InformationStorageType), Union);
        var identity = new Guid(Information(handle, path, type == 2 ? VirtualDiskCalls.InformationIdentifier : VirtualDiskCalls.InformationDiskId).AsSpan(Union, 16));
        var tracked = type != 2 && BitConverter.ToInt32(Information(handle, path, VirtualDiskCalls.InformationTracking), Union) != 0;
        // VIRTUAL_STORAGE_TYPE_DEVICE: 2 VHD, 3 VHDX, 4 VHDSET; size: virtual, physical, block and sector size.
        return new HyperVDiskFacts(BitConverter.ToInt64(size, Union), BitConverter.ToInt32(size, Union + 20), identity, type switch { 2 => "vhd", 3 => "vhdx", 4 => "vhds", _ => "unknown" }, tracked);
    }

    public async ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        while (buffer.Length > 0)
        {
            var read = await RandomAccess.ReadAsync(handle, buffer, offset, cancellation);
            if (read <= 0)
                throw new IOException($"the disk ends at {offset}");
            (offset, buffer) = (offset + read, buffer[read..]);
        }
    }

    public ValueTask DisposeAsync()
    {
        handle.Dispose();
        return ValueTask.CompletedTask;
    }

    private static unsafe SafeFileHandle Open(string path, uint access)
    {
        VirtualDiskStorageType type = default;
        var code = VirtualDiskCalls.OpenVirtualDisk(&type, path, access, 0, null, out var handle);
        return code == 0 ? handle : throw Failed(path, code);
    }

    private static unsafe byte[] Information(SafeFileHandle handle, string path, uint version)
    {
        var bytes = new byte[InformationLength];
        BitConverter.TryWriteBytes(bytes, version);
        var size = (uint)bytes.Length;
        fixed (byte* start = bytes)
        {
            var code = VirtualDiskCalls.GetVirtualDiskInformation(handle, ref size, start, null);
            if (code != 0)
                throw Failed(path, code);
        }

        return bytes;
    }

    private static HypervisorException Failed(string path, uint code) => new(HypervisorFault.Transient, "virtdisk-failed", $"{path}: virtdisk answers {code} ({new System.ComponentModel.Win32Exception((int)code).Message})");
}
