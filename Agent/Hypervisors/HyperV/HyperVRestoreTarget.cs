namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>Makes a machine anew on a Hyper-V host: VHDX files first, then the machine from its definition, off and without a network.</summary>
internal sealed class HyperVRestoreTarget(IHyperVRestoreHost host, HyperVPatience patience, TimeProvider time) : IMachineRestoreTarget
{
    /// <summary>Characters of a path that Hyper-V and Data Protection Manager still take.</summary>
    private const int LongestPath = 259;

    public async Task<IMachineRestore> PrepareAsync(MachineRestoreRequest request, CancellationToken cancellation)
    {
        if (request.Format != "vhdx")
            throw Refused("hyperv-format", $"Hyper-V takes vhdx, not {request.Format}");
        if (request.Name.Trim() is "" or "." or ".." || request.Name.Any(letter => char.IsControl(letter) || "\\/:*?\"<>|".Contains(letter)))
            throw Refused("hyperv-name", $"'{request.Name}' cannot be the name of a machine's folder: leave out \\ / : * ? \" < > |");
        if ((await host.SystemsAsync(cancellation)).Any(system => string.Equals(system.Name, request.Name, StringComparison.OrdinalIgnoreCase)))
            throw Refused("hyperv-name-taken", $"there is a machine {request.Name} on this host: choose another name");
        var folder = Path.Combine(Path.GetFullPath(request.Folder), request.Name);
        if (Path.Exists(folder))
            throw Refused("hyperv-folder-taken", $"{folder} is there already: choose another name or folder");
        var files = request.Disks.Select((disk, number) => (disk.DiskId, disk.Size, Path: Path.Combine(folder, $"disk{number + 1}.vhdx"))).ToList();
        if (files.Select(file => file.Path).Concat(request.Configuration.Select(file => Path.Combine(folder, file.Name))).FirstOrDefault(path => path.Length > LongestPath) is { } longer)
            throw Refused("hyperv-path-long", $"{longer} is longer than {LongestPath} characters: choose a shorter folder");
        if (request.Configuration.FirstOrDefault(file => Path.GetFileName(file.Name) != file.Name || file.Name is "" or "." or "..") is { } odd)
            throw Refused("hyperv-configuration-name", $"'{odd.Name}' in the point is not a plain file name");
        return HyperVRestore.Begin(host, new HyperVJobs(host, patience, time), request, folder, files);
    }

    private static HypervisorException Refused(string code, string message) => new(HypervisorFault.Operator, code, message);
}
