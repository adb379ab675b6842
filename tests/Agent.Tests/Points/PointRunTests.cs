using System.Runtime.CompilerServices;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.Qemu;
using BackupOnline.Agent.Points;
using BackupOnline.Agent.Tests.Hypervisors.Qemu;
using BackupOnline.Engine.Archiving;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Images;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Agent.Tests.Points;

/// <summary>What becomes of a point when the repository or the commit fails; on a guest that runs and a repository in memory.</summary>
public sealed class PointRunTests(SharedGuest shared) : IClassFixture<SharedGuest>, IAsyncDisposable
{
    private readonly FaultyStore _store = new(new MemoryStore());
    private readonly QemuDriver _driver = new(shared.Guest.Host, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await _driver.ReconcileAsync(shared.Guest.Machine, null, CancellationToken.None);
        await _driver.DisposeAsync();
        _store.Dispose();
    }

    [Fact]
    public async Task A_repository_that_fails_before_the_snapshot_costs_nothing_and_the_next_point_has_every_change()
    {
        await using (var repository = await InitAsync())
            await RunAsync(repository);
        await shared.Guest.FillAsync(16, 2);
        await using (var repository = await OpenAsync())
        {
            _store.Plan(new StoreFault { Operation = StoreOperation.Put, Kind = StoreFaultKind.FailBefore, ObjectKind = ObjectKind.Snapshot });
            await Assert.ThrowsAsync<RepositoryException>(() => RunAsync(repository));
        }

        await shared.Guest.ShouldRunAsync();
        await using var again = await OpenAsync();
        var next = await RunAsync(again);
        Assert.All(next.Description.Disks, disk => Assert.Equal(PointDiskDescription.Incremental, disk.Basis));
        await ShouldBeTrueAsync(again, next);
    }

    [Fact]
    public async Task A_point_that_could_not_be_committed_is_built_upon_by_the_next()
    {
        await using var repository = await InitAsync();
        await RunAsync(repository);
        await shared.Guest.FillAsync(18, 1);
        var kept = await new PointRun(CuttingOff, repository, Options).RunAsync(shared.Guest.Machine, new BackupProgress(), CancellationToken.None);
        Assert.NotNull(kept.NotCommitted);

        await shared.Guest.FillAsync(20, 1);
        await using var later = await OpenAsync();
        var next = await RunAsync(later);
        Assert.All(next.Description.Disks, disk => Assert.Equal((PointDiskDescription.Incremental, kept.Description.Epoch), (disk.Basis, disk.Base)));
        await ShouldBeTrueAsync(later, next);
    }

    [Fact]
    public async Task A_job_that_is_tried_again_after_its_point_was_durable_gives_that_point_back_instead_of_a_second_one()
    {
        await using var repository = await InitAsync();
        await RunAsync(repository);
        var ordered = Options with { Job = "job-1" };
        var first = await new PointRun(CuttingOff, repository, ordered).RunAsync(shared.Guest.Machine, new BackupProgress(), CancellationToken.None);

        await using var later = await OpenAsync();
        var again = await new PointRun(_driver, later, ordered).RunAsync(shared.Guest.Machine, new BackupProgress(), CancellationToken.None);

        Assert.Equal((first.Snapshot.Id, first.Description.Epoch), (again.Snapshot.Id, again.Description.Epoch));
        Assert.Contains(again.Put, line => line.Contains("earlier attempt", StringComparison.Ordinal));
        Assert.Equal(2, (await later.SnapshotsAsync()).Count);
        await shared.Guest.ShouldRunAsync();
        var next = await new PointRun(_driver, later, Options with { Job = "job-2" }).RunAsync(shared.Guest.Machine, new BackupProgress(), CancellationToken.None);
        Assert.All(next.Description.Disks, disk => Assert.Equal((PointDiskDescription.Incremental, first.Description.Epoch), (disk.Basis, disk.Base)));
        await ShouldBeTrueAsync(later, next);
    }

    [Fact]
    public async Task An_audit_finds_nothing_when_the_tracking_is_right_and_the_place_when_it_is_not()
    {
        await using var repository = await InitAsync();
        var made = await RunAsync(repository);
        await shared.Guest.FillAsync(24, 1);
        var last = (await new PointHistory(repository).LastAsync(shared.Guest.Machine.StableId, CancellationToken.None))!;
        var audit = new PointAudit(_driver, repository, new Random(1));
        var right = await audit.RunAsync(shared.Guest.Machine, last, shared.Guest.Scratch, "ring", CancellationToken.None);
        Assert.Empty(right.Mismatches);
        Assert.InRange(right.Bytes, 16 << 20, 32 << 20);

        // A tracking that forgot a change, seen from the other side: the point holds another byte there, 10 MiB into the disk.
        var forgotten = await WithAnotherByteAsync(repository, last, 10 << 20);
        var wrong = await audit.RunAsync(shared.Guest.Machine, forgotten, shared.Guest.Scratch, "ring", CancellationToken.None);
        Assert.Equal((10L << 20, (long)PointAudit.ExtentBytes), Assert.Single(wrong.Mismatches));

        // It left nothing behind: the next point builds on the same one.
        var next = await RunAsync(repository);
        Assert.All(next.Description.Disks, disk => Assert.Equal(made.Description.Epoch, disk.Base));
        await shared.Guest.ShouldRunAsync();
    }

    /// <summary>A hypervisor that is cut off when a point is to be committed.</summary>
    private RelayedDriver CuttingOff => new(_driver, point => Task.FromResult<IConsistentPoint>(new CutOffPoint(point)));

    private PointRunOptions Options => new() { Folder = "guest", Host = "host", ScratchFolder = shared.Guest.Scratch };

    private async Task<Repository> InitAsync() => await Repository.InitAsync(_store, "password");

    private async Task<Repository> OpenAsync()
    {
        var repository = await Repository.OpenAsync(_store, "password");
        await repository.LoadIndexAsync();
        return repository;
    }

    private Task<PointOutcome> RunAsync(Repository repository) =>
        new PointRun(_driver, repository, Options).RunAsync(shared.Guest.Machine, new BackupProgress(), CancellationToken.None);

    // The ring has no hole, the order over both disks holds, and the application was at rest: a lost change would show.
    private static async Task ShouldBeTrueAsync(Repository repository, PointOutcome outcome)
    {
        var point = await new PointHistory(repository).ReadAsync(outcome.Snapshot, CancellationToken.None);
        var (app, ring) = (await BytesAsync(repository, point, "app"), await BytesAsync(repository, point, "ring"));
        Assert.Null(GuestImage.RingFault(ring));
        Assert.Null(GuestImage.OrderFault(app, ring));
        Assert.True(GuestImage.IsQuiesced(app));
        Assert.True(GuestImage.IsFileSystemClean(app));
    }

    private static async Task<byte[]> BytesAsync(Repository repository, RecordedPoint point, string disk)
    {
        var file = point.Description.Disks.Single(known => known.Id == disk).File;
        await using var reader = await ImageReader.OpenAsync(repository, point.Snapshot, $"{point.Folder}/{file}");
        var bytes = new byte[reader.Size];
        await reader.ReadAsync(0, bytes);
        return bytes;
    }

    private static async Task<RecordedPoint> WithAnotherByteAsync(Repository repository, RecordedPoint point, int offset)
    {
        var ring = await BytesAsync(repository, point, "ring");
        ring[offset] ^= 1;
        var made = await ImageArchiver.BackUpAsync(repository, new ImageBackupOptions
        {
            Host = "host",
            Folder = point.Folder,
            Images = [new BytesImage(point.Description.Disks.Single(disk => disk.Id == "ring").File, ring)],
        });
        return point with { Snapshot = made.Backup.Snapshot };
    }

    private sealed class BytesImage(string name, byte[] bytes) : IImageSource
    {
        public string Name => name;

        public long Size => bytes.Length;

        public bool IsIncremental => false;

        public async IAsyncEnumerable<ImageExtent> ExtentsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield return new ImageExtent(0, bytes.Length, IsZero: false);
        }

        public ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
        {
            bytes.AsMemory((int)offset, buffer.Length).CopyTo(buffer);
            return ValueTask.CompletedTask;
        }
    }
}
