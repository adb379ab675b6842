using System.Globalization;
using BackupOnline.Agent.Hypervisors.Nbd;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>A machine that is being made: in a folder of another name until it is whole.</summary>
internal sealed class QemuRestore(MachineRestoreRequest request, string work, string folder) : IMachineRestore
{
    private readonly Dictionary<string, QemuNbdProcess> _disks = new(StringComparer.Ordinal);
    private readonly List<(string Id, string File)> _files = [];
    private string _sockets = "";
    private bool _done;

    public async Task StartAsync(TimeProvider time, CancellationToken cancellation)
    {
        // A socket's path is short; the folder's may be long.
        _sockets = Directory.CreateTempSubdirectory("bo-").FullName;
        foreach (var (id, size) in request.Disks)
        {
            var file = string.Create(CultureInfo.InvariantCulture, $"disk{_files.Count + 1}.{request.Format}");
            var image = Path.Join(work, file);
            await QemuTools.RunAsync("qemu-img", ["create", "-q", "-f", request.Format, "--", image, size.ToString(CultureInfo.InvariantCulture)], cancellation);
            var disk = await QemuNbdProcess.StartAsync(image, request.Format, Path.Join(_sockets, file), writable: true, time, cancellation);
            if (!_disks.TryAdd(id, disk))
            {
                await disk.DisposeAsync();
                throw new HypervisorException(HypervisorFault.Operator, "disk-twice", $"Two disks have the id {id}.");
            }

            _files.Add((id, file));
        }
    }

    public async ValueTask WriteAsync(string diskId, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (bytes.Length == 0)
            return;
        try
        {
            await _disks[diskId].Connection.WriteAsync(offset, bytes, cancellation);
        }
        catch (NbdException full) when (full.Refusal == NbdError.NoSpace)
        {
            throw new HypervisorException(HypervisorFault.Operator, "no-room", $"{work}: no room is left; make room and restore again.", full);
        }
        catch (NbdException failure)
        {
            throw new HypervisorException(HypervisorFault.Transient, "image-unwritten", $"{diskId}: {failure.Message}", failure);
        }
    }

    public async Task<string> CompleteAsync(CancellationToken cancellation)
    {
        foreach (var disk in _disks.Values)
            await disk.CloseAsync(cancellation);
        try
        {
            foreach (var file in request.Configuration)
                await File.WriteAllBytesAsync(Path.Join(work, file.Name), file.Content, cancellation);
            var script = Path.Join(work, "start.sh");
            await File.WriteAllTextAsync(script, QemuStartScript.For(request, _files), cancellation);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            Directory.Move(work, folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new HypervisorException(HypervisorFault.Operator, "folder-unwritable", $"{folder}: {failure.Message}", failure);
        }

        _done = true;
        return folder;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var disk in _disks.Values)
            await disk.DisposeAsync();
        _disks.Clear();
        if (_sockets.Length > 0)
            Directory.Delete(_sockets, recursive: true);
        _sockets = "";
        if (!_done && Directory.Exists(work))
            Directory.Delete(work, recursive: true);
    }
}
