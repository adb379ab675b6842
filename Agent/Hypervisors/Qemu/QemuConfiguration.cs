using System.Text.Json;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>What a point keeps beside the disks so that the machine can be made anew.</summary>
/// <param name="Unread">Files that are named in the host's file and could not be read, each with its reason.</param>
internal sealed record QemuConfiguration(IReadOnlyList<ConfigurationFile> Files, IReadOnlyList<string> Unread)
{
    public static async Task<QemuConfiguration> ReadAsync(QemuMachine machine, QemuSession session, IReadOnlyList<QemuDiskPlan> disks, CancellationToken cancellation)
    {
        var memory = (await session.AskAsync("query-memory-size-summary", cancellation)).GetProperty("base-memory").GetInt64();
        var processors = (await session.AskAsync("query-cpus-fast", cancellation)).GetArrayLength();
        var kind = (await session.DoAsync("qom-get", new() { ["path"] = "/machine", ["property"] = "type" }, cancellation)).GetString()!;
        var description = new QemuDescription(
            machine.Id,
            machine.Name,
            kind.EndsWith("-machine", StringComparison.Ordinal) ? kind[..^"-machine".Length] : kind,
            memory,
            processors,
            [.. disks.Select(disk => new QemuDescribedDisk(disk.DiskId, disk.Disk.Size, disk.Disk.Format))]);
        var files = new List<ConfigurationFile> { new(QemuDescription.FileName, JsonSerializer.SerializeToUtf8Bytes(description, QemuDescriptionJson.Default.QemuDescription)) };
        var unread = new List<string>();
        foreach (var path in machine.Configuration)
        {
            try
            {
                files.Add(new ConfigurationFile(Path.GetFileName(path), await File.ReadAllBytesAsync(path, cancellation)));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                unread.Add($"{path}: {failure.Message}");
            }
        }

        return new QemuConfiguration(files, unread);
    }
}
