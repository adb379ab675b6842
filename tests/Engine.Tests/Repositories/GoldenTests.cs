using System.Text;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Tests.Repositories;

/// <summary>The committed repository of stock restic 0.14: read the same for ever, without restic being installed.</summary>
public sealed class GoldenTests
{
    [Theory]
    [InlineData(GoldenRepository.Password)]
    [InlineData(GoldenRepository.SecondPassword)]
    public async Task It_is_read_whole_with_either_password(string password)
    {
        using var folder = new TempFolder();
        using var store = new LocalStore(GoldenRepository.Unpack(folder));
        await using var repository = await Repository.OpenAsync(store, password);
        var snapshots = await repository.SnapshotsAsync();
        await repository.LoadIndexAsync();

        Assert.Equal(["fd899e33", "521f3c21"], snapshots.Select(snapshot => snapshot.Id.ToShortString()));
        Assert.Equal(snapshots[0].Id, snapshots[1].Parent);
        Assert.Equal(new DateTimeOffset(2024, 3, 2, 10, 0, 0, TimeSpan.Zero), snapshots[1].Time);
        Assert.Equal(["second", "two"], snapshots[1].Tags!);
        Assert.Equal("golden", snapshots[0].Hostname);
        Assert.StartsWith("{\"nodes\":[", Encoding.UTF8.GetString(await repository.LoadBlobAsync(BlobType.Tree, snapshots[0].Tree)), StringComparison.Ordinal);
        foreach (var blob in repository.Index.Entries().ToList())
            Assert.Equal(blob.Location.PlainLength, (await repository.LoadBlobAsync(blob.Type, blob.Id)).Length);
        Assert.Contains(repository.Index.Entries(), blob => blob.Location.IsCompressed);
        Assert.Contains(repository.Index.Entries(), blob => !blob.Location.IsCompressed);
        Assert.True(repository.Index.Contains(BlobType.Data, BlobId.Of("changed\n"u8)));
        Assert.Equal(2, (await repository.KeysAsync()).Count);
        Assert.Single(await repository.KeysAsync(), key => key is { IsCurrent: true, Hostname: "golden", Username: "root" });
    }

    [Fact]
    public async Task Its_packs_say_the_same_as_its_index()
    {
        using var folder = new TempFolder();
        using var store = new LocalStore(GoldenRepository.Unpack(folder));
        await using var repository = await Repository.OpenAsync(store, GoldenRepository.Password);
        await repository.LoadIndexAsync();

        foreach (var pack in repository.Index.Packs())
        {
            var length = await store.LengthAsync(new ObjectName(ObjectKind.Data, pack));
            Assert.Equal(
                repository.Index.Entries().Where(blob => blob.Location.Pack == pack).OrderBy(blob => blob.Location.Offset),
                await repository.ReadPackHeaderAsync(pack, length!.Value));
        }
    }

    [Fact]
    public async Task Snapshots_are_found_by_latest_by_filter_and_by_the_beginning_of_their_id()
    {
        using var folder = new TempFolder();
        using var store = new LocalStore(GoldenRepository.Unpack(folder));
        await using var repository = await Repository.OpenAsync(store, GoldenRepository.Password);

        Assert.Equal("521f3c21", (await repository.FindSnapshotAsync("latest")).Id.ToShortString());
        Assert.Equal("fd899e33", (await repository.FindSnapshotAsync("latest", new SnapshotFilter { Tags = ["first"] })).Id.ToShortString());
        Assert.Equal("521f3c21", (await repository.FindSnapshotAsync("latest", new SnapshotFilter { Host = "golden", Paths = ["/tmp/golden/source"] })).Id.ToShortString());
        Assert.Equal("fd899e33", (await repository.FindSnapshotAsync("fd8")).Id.ToShortString());
        var problems = new List<RepositoryProblem>();
        foreach (var (id, filter) in new[] { ("latest", new SnapshotFilter { Host = "other" }), ("latest", new SnapshotFilter { Paths = ["/"] }), ("0000", null) })
            problems.Add((await Assert.ThrowsAsync<RepositoryException>(() => repository.FindSnapshotAsync(id, filter))).Problem);
        Assert.All(problems, problem => Assert.Equal(RepositoryProblem.NoSnapshot, problem));
    }

    [Fact]
    public async Task A_wrong_password_is_told()
    {
        using var folder = new TempFolder();
        using var store = new LocalStore(GoldenRepository.Unpack(folder));

        var failure = await Assert.ThrowsAsync<RepositoryException>(() => Repository.OpenAsync(store, "third-password"));

        Assert.Equal(RepositoryProblem.WrongPassword, failure.Problem);
    }
}
