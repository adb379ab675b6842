using BackupOnline.Agent.Hypervisors.Vhdx;

namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>A machine being made. Nothing of it is left when it is not completed.</summary>
internal sealed class HyperVRestore : IMachineRestore
{
    private readonly IHyperVRestoreHost _host;
    private readonly HyperVJobs _jobs;
    private readonly MachineRestoreRequest _request;
    private readonly string _folder;
    private readonly Dictionary<string, (string Path, VhdxWriter Writer)> _disks = new(StringComparer.OrdinalIgnoreCase);
    private string? _planned;
    private bool _completed;

    private HyperVRestore(IHyperVRestoreHost host, HyperVJobs jobs, MachineRestoreRequest request, string folder) =>
        (_host, _jobs, _request, _folder) = (host, jobs, request, folder);

    public static HyperVRestore Begin(IHyperVRestoreHost host, HyperVJobs jobs, MachineRestoreRequest request, string folder, IReadOnlyList<(string DiskId, long Size, string Path)> files)
    {
        Directory.CreateDirectory(folder);
        var restore = new HyperVRestore(host, jobs, request, folder);
        try
        {
            foreach (var (id, size, path) in files)
                restore._disks.Add(id, (path, VhdxWriter.Create(path, size)));
            return restore;
        }
        catch (Exception failure)
        {
            restore.Remove();
            throw failure is IOException or ArgumentException or UnauthorizedAccessException
                ? new HypervisorException(HypervisorFault.Operator, "hyperv-disk-not-made", $"{folder}: {failure.Message}", failure)
                : failure;
        }
    }

    public async ValueTask WriteAsync(string diskId, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await _disks[diskId].Writer.WriteAsync(offset, bytes, cancellation);
        }
        catch (IOException failure)
        {
            throw new HypervisorException(HypervisorFault.Operator, "hyperv-write-failed", $"{_disks[diskId].Path}: {failure.Message}", failure);
        }
    }

    public async Task<string> CompleteAsync(CancellationToken cancellation)
    {
        foreach (var (_, writer) in _disks.Values)
        {
            writer.Complete();
            writer.Dispose();
        }

        foreach (var file in _request.Configuration)
            await File.WriteAllBytesAsync(Path.Combine(_folder, file.Name), file.Content, cancellation);
        if (HyperVDescription.Find(_request.Configuration) is { Definition: { } definition } description)
            await ImportAsync(description, Path.Combine(_folder, definition), cancellation);
        _completed = true;
        return _planned is null ? _folder : $"{_request.Name} ({_planned}), {_folder}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_completed)
            return;
        _completed = true;
        try
        {
            if (_planned is { } planned)
                await _jobs.RunAsync("removing the planned machine", () => _host.DestroyPlannedAsync(planned, CancellationToken.None), CancellationToken.None);
        }
        catch (HypervisorException)
        {
            // A planned machine without files cannot be started; Hyper-V lists it no more after a restart of its service.
        }

        Remove();
    }

    private async Task ImportAsync(HyperVDescription description, string definition, CancellationToken cancellation)
    {
        var planned = _planned = await _jobs.RunAsync("importing the machine's definition", () => _host.ImportAsync(definition, _folder, cancellation), cancellation)
            ?? throw new HypervisorException(HypervisorFault.Transient, "hyperv-no-planned-machine", "the host says that it imported the machine, and does not name it");
        var settings = await _host.PlannedSettingsAsync(planned, cancellation);
        await _jobs.RunAsync("naming the machine", () => _host.RenameAsync(settings, _request.Name, cancellation), cancellation);
        // Before anything can start: two machines with one address must never meet.
        await _jobs.RunAsync("disconnecting its network", () => _host.DisconnectNetworkAsync(settings, cancellation), cancellation);
        foreach (var storage in await _host.StorageAsync(settings, cancellation))
        {
            if (!storage.IsHardDisk && !storage.IsPassThrough)
                continue;
            var disk = description.Disks.FirstOrDefault(one => storage.IsHardDisk && (one.Place == storage.Place || string.Equals(one.Path, storage.Path, StringComparison.OrdinalIgnoreCase)));
            if (disk is not null && _disks.TryGetValue(disk.DiskId, out var file))
                await _jobs.RunAsync("giving the machine its disk", () => _host.MoveStorageAsync(storage.Id, file.Path, cancellation), cancellation);
            else
                await _jobs.RunAsync("taking away a drive that the point does not hold", () => _host.RemoveStorageAsync(storage.Id, cancellation), cancellation);
        }

        await _jobs.RunAsync("checking the machine", () => _host.ValidateAsync(planned, cancellation), cancellation);
        await _jobs.RunAsync("making the machine", () => _host.RealizeAsync(planned, cancellation), cancellation);
    }

    private void Remove()
    {
        foreach (var (_, writer) in _disks.Values)
            writer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
