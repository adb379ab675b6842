using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.VirtualMachines;
using BackupOnline.Rules.Jobs;

namespace BackupOnline.Grains.Jobs;

/// <summary>What the outcome of a virtual machine's run must keep.</summary>
internal static class VmOutcomes
{
    public const int MostDisks = 64;
    private const int MostTexts = 64;
    private const int LargestPicture = 512 * 1024;

    /// <summary>A host's clock may be that much ahead.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(10);

    public static Refusal? Check(JobKind kind, FinishJob request, DateTimeOffset now)
    {
        var done = JobRule.StandingOf(request.ExitCode) != JobStanding.Failed;
        return Needed(done && kind == JobKind.VmBackup, request.Point, "point")
            ?? Needed(done && kind == JobKind.VmAudit, request.Audit, "audit")
            ?? Needed(done && kind == JobKind.VmBootTest, request.Boot, "boot")
            ?? (request.Point is { } point ? CheckPoint(point, request, now) : null)
            ?? (request.Failure is { } failure ? CheckFailure(failure) : null)
            ?? (request.Audit is { } audit ? CheckAudit(audit) : null)
            ?? (request.Boot is { } boot ? CheckBoot(boot) : null);
    }

    private static Refusal? Needed(bool isNeeded, object? part, string name) =>
        Requests.Check.That(!isNeeded || part is not null, $"{name}-missing", $"A run of this kind that has done its work tells it in '{name}'.");

    private static Refusal? CheckPoint(VmPoint point, FinishJob request, DateTimeOffset now) =>
        Requests.Check.Hash(point.Snapshot, "snapshot")
        ?? Requests.Check.That(request.Snapshot is null || request.Snapshot == point.Snapshot, "snapshot-differs", "The snapshot of the run is the one of its point.")
        ?? Requests.Check.Text(point.Epoch, "epoch", 1, 64)
        ?? Requests.Check.Known(point.Consistency, "consistency")
        ?? Requests.Check.That(point.At <= now + ClockSlack, "point-in-future", "The instant of the point has not come. Set the host's clock.")
        ?? (point.FallbackReason is null ? null : Requests.Check.Text(point.FallbackReason, "fallback reason", 0, 500))
        ?? Requests.Check.That(point.FrozenMilliseconds is null or (>= 0 and <= 86_400_000), "frozen-invalid", "The frozen time is 0 to a day, in milliseconds.")
        ?? Requests.Check.That(!point.Disks.IsDefaultOrEmpty && point.Disks.Length <= MostDisks, "disks-invalid", $"A point has 1 to {MostDisks} disks.")
        ?? Requests.Check.That(!point.Disks.Contains(null!), "disks-invalid", "A disk of the point is null.")
        ?? point.Disks.Select(CheckDisk).FirstOrDefault(refusal => refusal is not null)
        ?? Requests.Check.That(point.Disks.Select(disk => disk.Id).Distinct().Count() == point.Disks.Length, "disks-invalid", "A disk stands in a point once.")
        ?? CheckTexts(point.Skipped, "skipped")
        ?? CheckTexts(point.Warnings, "warnings");

    private static Refusal? CheckDisk(VmPointDisk disk) =>
        Requests.Check.Text(disk.Id, "disk", 1, 200)
        ?? Requests.Check.Known(disk.Basis, "basis")
        ?? (disk.Reason is null ? null : Requests.Check.Text(disk.Reason, "reason", 0, 100))
        ?? (disk.Detail is null ? null : Requests.Check.Text(disk.Detail, "detail", 0, 500))
        ?? Requests.Check.That(long.Min(disk.Size, long.Min(disk.BytesRead, disk.BytesChanged)) >= 0, "disk-invalid", "The numbers of a disk are 0 or more.");

    private static Refusal? CheckFailure(VmFailure failure) =>
        Requests.Check.Text(failure.Code, "failure code", 1, 100) ?? Requests.Check.Known(failure.Fault, "fault") ?? Requests.Check.Text(failure.Text, "failure text", 0, 500);

    private static Refusal? CheckAudit(VmAudit audit) =>
        Requests.Check.Text(audit.Disk, "disk", 1, 200)
        ?? Requests.Check.That(audit.Extents >= 0 && audit.Bytes >= 0, "audit-invalid", "The numbers of an audit are 0 or more.")
        ?? Requests.Check.That(!audit.Mismatches.IsDefault && audit.Mismatches.Length <= 1_000, "mismatches-invalid", "An audit tells of 1000 mismatches at most: the first ones.");

    private static Refusal? CheckBoot(VmBoot boot) =>
        Requests.Check.Text(boot.Verdict, "verdict", 1, 500)
        ?? Requests.Check.That(boot.Seconds is >= 0 and <= 86_400, "boot-invalid", "A boot test takes 0 to 86400 seconds.")
        ?? Requests.Check.That(boot.Picture is null || boot.Picture.Length <= LargestPicture, "picture-too-large", "The picture has at most 512 KiB.");

    private static Refusal? CheckTexts(System.Collections.Immutable.ImmutableArray<string> texts, string field) =>
        Requests.Check.That(!texts.IsDefault && texts.Length <= MostTexts, $"{field}-invalid", $"At most {MostTexts} texts in '{field}'.")
        ?? texts.Select(text => Requests.Check.Text(text, field, 0, 500)).FirstOrDefault(refusal => refusal is not null);
}
