using System.Security.Cryptography;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Stores;
using Microsoft.Extensions.Time.Testing;

namespace BackupOnline.Engine.Tests.Repositories;

public sealed class SavingTests : IDisposable
{
    private readonly FaultyStore _store = new(new MemoryStore());

    [Fact]
    public async Task Of_many_savers_of_the_same_blobs_each_blob_is_new_to_one()
    {
        await using var repository = await Repository.InitAsync(_store, "pw", new RepositoryOptions { PackSizeBytes = 4 << 20 });
        var blobs = Enumerable.Range(0, 200).Select(i => RandomNumberGenerator.GetBytes(1000 + (i * 300))).ToList();

        var news = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            foreach (var blob in blobs)
                count += (await repository.SaveBlobAsync(BlobType.Data, blob)).IsNew ? 1 : 0;
            return count;
        })));
        await repository.FlushAsync();

        Assert.Equal(200, news.Sum());
        await using var reader = await ReopenAsync();
        Assert.Equal(200, reader.Index.Count);
        foreach (var blob in blobs)
            Assert.Equal(blob, await reader.LoadBlobAsync(BlobType.Data, BlobId.Of(blob)));
    }

    [Fact]
    public async Task Trees_and_data_never_share_a_pack_and_go_into_two_packs_each_at_random()
    {
        await using var repository = await Repository.InitAsync(_store, "pw");
        for (var i = 0; i < 64; i++)
        {
            await repository.SaveBlobAsync(BlobType.Data, BitConverter.GetBytes(i));
            await repository.SaveBlobAsync(BlobType.Tree, BitConverter.GetBytes(i));
        }

        await repository.FlushAsync();

        var packs = repository.Index.Entries().GroupBy(entry => entry.Location.Pack).Select(pack => pack.Select(entry => entry.Type).Distinct().ToList()).ToList();
        Assert.Equal(4, packs.Count);
        Assert.All(packs, types => Assert.Single(types));
        Assert.Equal(128, repository.Index.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8 << 20)]
    [InlineData(40 << 20)] // larger than a pack: a huge folder's tree
    public async Task A_blob_of_any_size_comes_back(int length)
    {
        await using var repository = await Repository.InitAsync(_store, "pw", new RepositoryOptions { PackSizeBytes = 4 << 20 });
        var plain = RandomNumberGenerator.GetBytes(length);

        var saved = await repository.SaveBlobAsync(BlobType.Tree, plain);
        var other = await repository.SaveBlobAsync(BlobType.Tree, new byte[] { 1 });
        await repository.FlushAsync();

        Assert.True(saved.IsNew);
        Assert.Equal(length + 32, saved.StoredLength);
        await using var reader = await ReopenAsync();
        Assert.Equal(plain, await reader.LoadBlobAsync(BlobType.Tree, saved.Id));
        Assert.Equal([1], await reader.LoadBlobAsync(BlobType.Tree, other.Id));
    }

    [Fact]
    public async Task Savers_wait_when_uploads_do_not_keep_up()
    {
        var gate = new TaskCompletionSource();
        var waiting = 0;
        _store.Plan(new StoreFault
        {
            Operation = StoreOperation.Put,
            ObjectKind = ObjectKind.Data,
            Kind = StoreFaultKind.Delay,
            Times = int.MaxValue,
            Gate = token =>
            {
                Interlocked.Increment(ref waiting);
                return gate.Task.WaitAsync(token);
            },
        });
        var options = new RepositoryOptions { PackSizeBytes = 4 << 20, UploadConcurrency = 2, Compression = Compression.Off };
        await using var repository = await Repository.InitAsync(_store, "pw", options);
        var accepted = 0;

        var saver = Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                var blob = new byte[1 << 20];
                BitConverter.TryWriteBytes(blob, i);
                await repository.SaveBlobAsync(BlobType.Data, blob);
                Interlocked.Increment(ref accepted);
            }
        });

        // 3 buffers for data, open or on their way: a first pack of 2 MiB, one of 4, and what the third has until a blob is for the slot that has none.
        await UntilSettledAsync(() => Volatile.Read(ref accepted));
        Assert.False(saver.IsCompleted);
        Assert.InRange(accepted, 2 + 4 + 1, 3 * 4);
        Assert.InRange(waiting, 1, 2);

        gate.SetResult();
        await saver;
        await repository.FlushAsync();
        Assert.Equal(100, repository.Index.Count);
    }

    [Fact]
    public async Task One_of_the_two_first_packs_is_half_as_large_so_that_they_are_not_full_at_the_same_time()
    {
        await using var repository = await Repository.InitAsync(_store, "pw", new RepositoryOptions { PackSizeBytes = 4 << 20, Compression = Compression.Off });
        for (var i = 0; i < 60; i++)
        {
            var blob = new byte[1 << 20];
            BitConverter.TryWriteBytes(blob, i);
            await repository.SaveBlobAsync(BlobType.Data, blob);
        }

        // What is still open is not in the store.
        await UntilSettledAsync(() => repository.Index.Packs().Count);
        var lengths = new List<long>();
        await foreach (var pack in _store.ListAsync(ObjectKind.Data))
            lengths.Add(pack.Length);
        Assert.InRange(lengths.Count, 10, 15);
        Assert.InRange(Assert.Single(lengths, length => length < 4 << 20), 2 << 20, 3 << 20);
    }

    [Theory]
    [InlineData(ObjectKind.Data)]
    [InlineData(ObjectKind.Index)]
    public async Task After_a_failed_upload_nothing_claims_to_be_saved(ObjectKind kind)
    {
        _store.Plan(new StoreFault { Operation = StoreOperation.Put, ObjectKind = kind, Kind = StoreFaultKind.FailBefore, Problem = RepositoryProblem.NoRoom });
        await using var repository = await Repository.InitAsync(_store, "pw");
        await repository.SaveBlobAsync(BlobType.Data, new byte[] { 1 });

        var flush = await Assert.ThrowsAsync<RepositoryException>(() => repository.FlushAsync());

        Assert.Equal(RepositoryProblem.NoRoom, flush.Problem);
        if (kind == ObjectKind.Data)
            Assert.Equal(RepositoryProblem.NoRoom, (await Assert.ThrowsAsync<RepositoryException>(async () => await repository.SaveBlobAsync(BlobType.Data, new byte[] { 2 }))).Problem);
        await Assert.ThrowsAsync<RepositoryException>(() => repository.SaveSnapshotAsync(NewSnapshot(BlobId.Of([1]))));
        await using var reader = await ReopenAsync();
        Assert.Equal(0, reader.Index.Count);
        Assert.Empty(await reader.SnapshotsAsync());
    }

    [Fact]
    public async Task Another_saver_of_a_cancelled_blob_does_not_believe_it_saved()
    {
        var gate = new TaskCompletionSource();
        _store.Plan(new StoreFault { Operation = StoreOperation.Put, ObjectKind = ObjectKind.Data, Kind = StoreFaultKind.Delay, Times = int.MaxValue, Gate = token => gate.Task.WaitAsync(token) });
        await using var repository = await Repository.InitAsync(_store, "pw", new RepositoryOptions { PackSizeBytes = 4 << 20, UploadConcurrency = 1, Compression = Compression.Off });
        using var cancel = new CancellationTokenSource();
        var saving = Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
                await repository.SaveBlobAsync(BlobType.Data, Blob(i), cancel.Token);
        });
        await UntilSettledAsync(() => repository.Index.Count);
        var stuck = repository.Index.Count - 1;

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
        gate.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await repository.SaveBlobAsync(BlobType.Data, Blob(stuck)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => repository.FlushAsync());

        static byte[] Blob(int number)
        {
            var blob = new byte[1 << 20];
            BitConverter.TryWriteBytes(blob, number);
            return blob;
        }
    }

    [Fact]
    public async Task A_killed_run_leaves_what_it_indexed_to_the_next()
    {
        var time = new FakeTimeProvider();
        var killed = await Repository.InitAsync(_store, "pw", new RepositoryOptions { PackSizeBytes = 4 << 20, Compression = Compression.Off, Time = time });
        for (var i = 0; i < 40; i++)
        {
            await killed.SaveBlobAsync(BlobType.Data, RandomNumberGenerator.GetBytes(1 << 20));
            time.Advance(TimeSpan.FromSeconds(3));
        }

        await UntilSettledAsync(() => killed.Index.Entries().Count());
        await using var next = await ReopenAsync();

        Assert.InRange(next.Index.Count, 15, 40);
        await killed.DisposeAsync();
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(24, 250)]
    public async Task Index_files_stay_few_however_long_a_run_takes(int hours, int files)
    {
        // A pack every 5 s.
        var time = new FakeTimeProvider();
        var options = new RepositoryOptions { Time = time };
        await using var repository = await Repository.InitAsync(_store, "pw", options);
        var flusher = new Engine.Index.IndexFlusher(_store, repository.Cipher, options);
        for (var i = 0; i < hours * 720; i++)
        {
            await flusher.AddAsync(ObjectId.Of(BitConverter.GetBytes(i)), [], CancellationToken.None);
            time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.InRange(await _store.ListAsync(ObjectKind.Index).CountAsync(), files / 4, files);
    }

    [Fact]
    public async Task A_snapshot_comes_back_as_it_was_saved()
    {
        await using var repository = await Repository.InitAsync(_store, "pw");
        var tree = await repository.SaveBlobAsync(BlobType.Tree, "{\"nodes\":[]}\n"u8.ToArray());
        var snapshot = NewSnapshot(tree.Id) with
        {
            Parent = ObjectId.Of([1]),
            Username = "müller",
            Uid = 1000,
            Gid = 100,
            Excludes = ["*.tmp"],
            Tags = ["a"],
            ProgramVersion = "backuponline 0.1",
            Summary = new SnapshotSummary { FilesNew = 3, DataAdded = 12345678901, BackupStart = DateTimeOffset.UnixEpoch },
        };

        var saved = await repository.SaveSnapshotAsync(snapshot);

        await using var reader = await ReopenAsync();
        var read = await reader.FindSnapshotAsync(saved.Id.ToString());
        Assert.Equivalent(saved, read, strict: true);
        Assert.True(reader.Index.Contains(BlobType.Tree, tree.Id));
    }

    [Fact]
    public async Task Init_does_not_touch_what_is_there()
    {
        await (await Repository.InitAsync(_store, "pw")).DisposeAsync();

        var again = await Assert.ThrowsAsync<RepositoryException>(() => Repository.InitAsync(_store, "other"));

        Assert.Equal(RepositoryProblem.RepositoryExists, again.Problem);
        await (await ReopenAsync()).DisposeAsync();
    }

    [Fact]
    public async Task An_init_that_was_cut_off_is_completed_with_the_same_password_alone()
    {
        _store.Plan(new StoreFault { Operation = StoreOperation.Put, ObjectKind = ObjectKind.Config, Kind = StoreFaultKind.FailBefore });
        await Assert.ThrowsAsync<RepositoryException>(() => Repository.InitAsync(_store, "pw"));

        Assert.Equal(RepositoryProblem.RepositoryExists, (await Assert.ThrowsAsync<RepositoryException>(() => Repository.InitAsync(_store, "other"))).Problem);
        await (await Repository.InitAsync(_store, "pw")).DisposeAsync();

        await (await ReopenAsync()).DisposeAsync();
        Assert.Equal(1, await _store.ListAsync(ObjectKind.Key).CountAsync());
    }

    [Fact]
    public async Task A_repository_that_lost_its_config_is_not_made_anew()
    {
        await using (var repository = await Repository.InitAsync(_store, "pw"))
        {
            await repository.SaveBlobAsync(BlobType.Data, new byte[] { 1 });
            await repository.FlushAsync();
        }

        await _store.DeleteAsync(ObjectName.Config);

        var refusal = await Assert.ThrowsAsync<RepositoryException>(() => Repository.InitAsync(_store, "pw"));

        Assert.Equal(RepositoryProblem.RepositoryExists, refusal.Problem);
        Assert.Contains("config", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(256 << 20)]
    public async Task An_option_out_of_its_bounds_is_named(int packSize)
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => Repository.InitAsync(_store, "pw", new RepositoryOptions { PackSizeBytes = packSize }));

        Assert.Contains("PackSizeBytes", failure.Message, StringComparison.Ordinal);
        Assert.Contains("between 4 MiB and 128 MiB", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _store.Dispose();

    private static Snapshot NewSnapshot(BlobId tree) => new() { Time = new DateTimeOffset(2024, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(1)), Tree = tree, Paths = ["/x"], Hostname = "h" };

    // Until a count has not moved for a while, at most 20 s.
    private static async Task UntilSettledAsync(Func<int> count)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        for (var (last, still) = (-1, 0); still < 20; await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, deadline.Token))
            (last, still) = count() is var now && now == last && now > 0 ? (last, still + 1) : (now, 0);
    }

    private async Task<Repository> ReopenAsync()
    {
        var repository = await Repository.OpenAsync(_store, "pw");
        await repository.LoadIndexAsync();
        return repository;
    }
}
