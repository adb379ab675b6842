namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>Makes machines anew as a folder of images with a script that starts them: off, and without a network until a person gives it one.</summary>
internal sealed class QemuRestoreTarget(TimeProvider time) : IMachineRestoreTarget
{
    private static readonly string[] s_formats = ["qcow2", "raw", "vhdx"];

    public async Task<IMachineRestore> PrepareAsync(MachineRestoreRequest request, CancellationToken cancellation)
    {
        Check(request);
        var folder = Path.GetFullPath(Path.Join(request.Folder, request.Name));
        if (Path.Exists(folder))
            throw Wrong("name-taken", $"{folder} is there already; nothing is ever restored over a machine. Choose another name.");
        var work = folder + ".unfinished";
        try
        {
            Directory.CreateDirectory(request.Folder);
            if (Path.Exists(work))
                throw Wrong("name-taken", $"{work} is there: another restore is at work, or one broke off. Remove it when none is.");
            Directory.CreateDirectory(work);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Wrong("folder-unwritable", $"{request.Folder}: {failure.Message}", failure);
        }

        var restore = new QemuRestore(request, work, folder);
        try
        {
            await restore.StartAsync(time, cancellation);
            return restore;
        }
        catch
        {
            await restore.DisposeAsync();
            throw;
        }
    }

    private static void Check(MachineRestoreRequest request)
    {
        if (!s_formats.Contains(request.Format))
            throw Wrong("format-unknown", $"'{request.Format}' is not a format; choose {string.Join(", ", s_formats)}.");
        if (!IsPlain(request.Name))
            throw Wrong("name-wrong", $"'{request.Name}' cannot be the name of a folder.");
        if (request.Disks.Count == 0)
            throw Wrong("no-disk", "There is no disk to restore.");
        foreach (var (id, size) in request.Disks)
        {
            if (size <= 0 || size % 512 != 0)
                throw Wrong("disk-size", $"{id}: {size} bytes is not the size of a disk.");
        }

        if (request.Configuration.FirstOrDefault(file => !IsPlain(file.Name)) is { } strange)
            throw Wrong("file-name", $"'{strange.Name}' is not a plain file name.");
    }

    private static bool IsPlain(string name) => name is not ("" or "." or "..") && name == Path.GetFileName(name) && !name.AsSpan().ContainsAny('/', '\\', '\0') && !name.Any(char.IsControl);

    private static HypervisorException Wrong(string code, string text, Exception? inner = null) => new(HypervisorFault.Operator, code, text, inner);
}
