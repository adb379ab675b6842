using System.Text.Json;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Engine.Archiving;
using BackupOnline.Engine.Images;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Agent.Points;

/// <summary>
/// Makes one recovery point: reconcile, look, open, read, keep, commit. The epoch is committed only after the snapshot is durable; whatever fails before
/// that abandons it, and the next run reads the same changes again. The repository's index must be loaded.
/// </summary>
internal sealed class PointRun(IHypervisorDriver driver, Repository repository, PointRunOptions options)
{
    public async Task<PointOutcome> RunAsync(MachineRef machine, BackupProgress progress, CancellationToken cancellation)
    {
        var last = await new PointHistory(repository).LastAsync(machine.StableId, cancellation);
        var put = await driver.ReconcileAsync(machine, last?.Epoch, cancellation);

        // One that a wrong clock dated ahead is nothing that the service takes.
        if (options.Job is not null && last?.Description.Job == options.Job && last.Description.At <= repository.Options.Time.GetUtcNow())
            return Made(last, put);
        var preflight = await driver.PreflightAsync(machine, cancellation);
        if (preflight.Blockers is [var first, ..])
            throw new HypervisorException(HypervisorFault.Operator, first.Code, string.Join(' ', preflight.Blockers.Select(blocker => blocker.Text)));

        try
        {
            return await MakeAsync(machine, last, put, preflight, options.ReadWhole, progress, cancellation);
        }
        catch (ImageParentException unusable) when (last is not null)
        {
            // Its blocks are gone or of another size: a whole reading gives a whole point.
            var all = new Dictionary<string, string> { [PointRunOptions.AllDisks] = "the last point cannot be built upon: " + unusable.Message };
            return await MakeAsync(machine, last, put, preflight, all, progress, cancellation);
        }
    }

    // By an attempt that could not tell it: it died, or lost its host's power, when the snapshot was durable.
    private static PointOutcome Made(RecordedPoint point, IReadOnlyList<string> put) => new(
        point.Snapshot,
        point.Description,
        [.. put, $"The point of {point.Description.At:u} was made by an earlier attempt of the same job."],
        point.Description.Disks.ToDictionary(disk => disk.Id, _ => default(DiskTraffic), StringComparer.Ordinal));

    private async Task<PointOutcome> MakeAsync(
        MachineRef machine,
        RecordedPoint? last,
        IReadOnlyList<string> put,
        PreflightReport preflight,
        IReadOnlyDictionary<string, string> readWhole,
        BackupProgress progress,
        CancellationToken cancellation)
    {
        await using var point = await driver.OpenPointAsync(machine, Request(machine, last, preflight, readWhole), cancellation);
        var images = point.Disks.Select((disk, index) => new PointImage(point, disk, NameOf(disk, index, last))).ToList();
        var description = Describe(machine, point, images, preflight);
        var (backup, _) = await ImageArchiver.BackUpAsync(repository, Archive(point, images, description, last), progress, cancellation);

        // Durable from here on: nothing that fails may undo it, and nobody may stop it half-way.
        string? notCommitted = null;
        try
        {
            await point.CommitAsync(CancellationToken.None);
        }
        catch (HypervisorException failure)
        {
            notCommitted = failure.Message;
        }

        var traffic = point.Disks.Zip(images).ToDictionary(pair => pair.First.DiskId, pair => pair.Second.Traffic, StringComparer.Ordinal);
        return new PointOutcome(backup.Snapshot, description, put, traffic) { NotCommitted = notCommitted };
    }

    private PointRequest Request(MachineRef machine, RecordedPoint? last, PreflightReport preflight, IReadOnlyDictionary<string, string> readWhole)
    {
        var request = new PointRequest
        {
            New = last?.Epoch.Next() ?? Epoch.Of(machine.StableId, 1),
            Base = last?.Epoch,
            BaseDisks = last?.Disks ?? new Dictionary<string, long>(),
            Wanted = options.Wanted,
            AllowFallback = options.AllowFallback,
            ScratchFolder = options.ScratchFolder,
            ExcludedDisks = options.ExcludedDisks,
            ReadWhole = readWhole.TryGetValue(PointRunOptions.AllDisks, out var reason)
                ? preflight.Disks.ToDictionary(disk => disk.DiskId, _ => reason, StringComparer.Ordinal)
                : readWhole,
        };
        return request with
        {
            FreezeDeadline = options.FreezeDeadline ?? request.FreezeDeadline,
            ScratchBudget = options.ScratchBudget ?? request.ScratchBudget,
        };
    }

    // A disk keeps its file name as long as it is in each point; a new one gets the next number that none has.
    private static string NameOf(IPointDisk disk, int index, RecordedPoint? last)
    {
        if (last is null)
            return $"disk{index}.raw";
        if (last.Description.Disks.FirstOrDefault(known => known.Id == disk.DiskId) is { } known)
            return known.File;
        var free = last.Description.Disks.Count + index;
        return $"disk{free}.raw";
    }

    private PointDescription Describe(MachineRef machine, IConsistentPoint point, List<PointImage> images, PreflightReport preflight) => new()
    {
        Version = PointDescription.PresentVersion,
        MachineId = machine.StableId,
        MachineName = machine.Name,
        Driver = driver.Capabilities.Name,
        Job = options.Job,
        At = point.At,
        Epoch = point.Epoch.ToString(),
        Consistency = PointWords.Of(point.Achieved),
        FallbackReason = point.FallbackReason,
        FrozenMilliseconds = Math.Round(point.FrozenFor.TotalMilliseconds, 1),
        Disks = [.. point.Disks.Zip(images).Select(pair => DiskOf(pair.First, pair.Second.Name))],
        Configuration = [.. point.Configuration.Select(file => file.Name)],
        Skipped = point.Skipped,
        Warnings = [.. preflight.Warnings.Select(warning => $"{warning.Code}: {warning.Text}")],
    };

    private static PointDiskDescription DiskOf(IPointDisk disk, string file) => disk.Basis switch
    {
        DiskBasis.Incremental incremental =>
            new(disk.DiskId, file, disk.Size, PointDiskDescription.Incremental, null, null, incremental.Base.ToString()),
        DiskBasis.Full full => new(disk.DiskId, file, disk.Size, PointDiskDescription.Full, PointWords.Of(full.Reason), full.Detail, null),
        _ => throw new ArgumentOutOfRangeException(nameof(disk), disk.Basis, "Not a basis."),
    };

    private ImageBackupOptions Archive(IConsistentPoint point, List<PointImage> images, PointDescription description, RecordedPoint? last)
    {
        var files = point.Configuration.ToDictionary(file => file.Name, file => file.Content, StringComparer.Ordinal);
        files[PointDescription.FileName] = JsonSerializer.SerializeToUtf8Bytes(description, PointJson.Default.PointDescription);
        return new ImageBackupOptions
        {
            Host = options.Host,

            // A machine that is renamed keeps its folder: its next point is an incremental one.
            Folder = last?.Folder ?? "/" + options.Folder,
            Tags = PointTags.Of(point),
            Time = point.At,
            ProgramVersion = "backuponline " + Product.Version,
            Parent = last?.Snapshot,
            Files = files,
            Images = images,
        };
    }
}
