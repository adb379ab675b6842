using System.Security.Cryptography;
using BackupOnline.Agent.Points;
using BackupOnline.Agent.Tests.Hypervisors.Qemu;
using BackupOnline.Agent.Tests.Running;
using BackupOnline.Engine.Archiving;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Agent.Tests.Points;

/// <summary>Thirty points of a running guest, as a vault keeps them, judged by stock restic against what qemu-img read of each while it was open.</summary>
[Collection(GuestCollection.Name)]
[Trait(Pace.Trait, Pace.Long)]
public sealed class KeptPointsTests(SharedGuest shared) : IDisposable
{
    private const int Kept = 30;
    private const int Older = 4;
    private readonly Machine _machine = new Machine().WithRepository();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Every_point_is_sound_and_exact_and_after_a_prune_every_one_that_is_kept()
    {
        await using var lab = await QemuLab.OnAsync(shared.Guest);
        using var store = new LocalStore(_machine.Repository);
        await (await Repository.InitAsync(store, Machine.Password)).DisposeAsync();
        var points = new List<Witnessed>();
        while (points.Count < Older + Kept)
        {
            points.Add(await TakeAsync(lab, store));
            await lab.ChangeAsync();
        }

        await ShouldBeExactAsync(points);
        (await _machine.RunAsync(["forget", .. points[..Older].Select(point => point.Snapshot), "--prune"])).ShouldEndWith(0);
        Assert.Equal(Kept, Directory.GetFiles(_machine.PathOf("repository/snapshots")).Length);
        await ShouldBeExactAsync(points[Older..]);
        await lab.ShouldBeUndisturbedAsync();
    }

    private static async Task<Witnessed> TakeAsync(QemuLab lab, LocalStore store)
    {
        await using var repository = await Repository.OpenAsync(store, Machine.Password);
        await repository.LoadIndexAsync();
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        var driver = new RelayedDriver(lab.Driver, async point =>
        {
            foreach (var disk in point.Disks)
                seen.Add(disk.DiskId, Convert.ToHexString(SHA256.HashData(await lab.IndependentAsync(point, disk))));
            return point;
        });
        var options = new PointRunOptions { Folder = "guest", Host = "host", ScratchFolder = lab.ScratchFolder };
        var made = await new PointRun(driver, repository, options).RunAsync(lab.Machine, new BackupProgress(), CancellationToken.None);
        Assert.Equal(2, seen.Count);
        return new Witnessed(made.Snapshot.Id.ToString(), made.Description.Disks.ToDictionary(disk => "guest/" + disk.File, disk => seen[disk.Id]));
    }

    private async Task ShouldBeExactAsync(IReadOnlyList<Witnessed> points)
    {
        await _machine.ShouldBeSoundForResticAsync();
        foreach (var point in points)
        {
            var target = _machine.PathOf("restored");
            (await _machine.ResticAsync("-r", _machine.Repository, "restore", point.Snapshot, "--target", target)).ShouldEndWith(0);
            foreach (var (file, hash) in point.Hashes)
            {
                await using var restored = File.OpenRead(Path.Combine(target, file));
                Assert.Equal(hash, Convert.ToHexString(await SHA256.HashDataAsync(restored)));
            }

            Directory.Delete(target, recursive: true);
        }
    }

    /// <param name="Snapshot">Its name.</param>
    /// <param name="Hashes">Of each disk, by the path of its file in the snapshot.</param>
    private sealed record Witnessed(string Snapshot, IReadOnlyDictionary<string, string> Hashes);
}
