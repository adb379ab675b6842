using BackupOnline.Engine.Archiving;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Filters;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Tests.Files;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Tests.Archiving;

/// <summary>What a backup does when sources change, fail, or are left out.</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task Only_what_changed_is_read_again()
    {
        using var vault = await new EngineVault().InitAsync();
        foreach (var i in Enumerable.Range(0, 20))
            await File.WriteAllBytesAsync(Path.Combine(vault.Source, $"file{i:d2}"), OddTree.Noise(i, 10_000));
        var first = await vault.BackUpAsync();
        await File.WriteAllBytesAsync(Path.Combine(vault.Source, "file05"), OddTree.Noise(100, 10_000));
        await File.WriteAllBytesAsync(Path.Combine(vault.Source, "new"), OddTree.Noise(101, 500));
        File.Delete(Path.Combine(vault.Source, "file06"));
        var read = new ItemRecorder();

        var second = await vault.BackUpAsync(new() { Targets = vault.Options().Targets, Host = "host", Observer = read });

        Assert.Equal(20UL, first.Summary.FilesNew);
        Assert.Equal((1UL, 1UL, 18UL), (second.Summary.FilesNew, second.Summary.FilesChanged, second.Summary.FilesUnmodified));
        Assert.Equal((2L, 20UL), (second.Summary.DataBlobs, second.Summary.TotalFilesProcessed));
        Assert.Equal(first.Snapshot.Id, second.Snapshot.Parent);
        Assert.Equal(["file05", "new"], read.Items.Where(item => item.Node.Type == NodeType.File && item.Change != ItemChange.Unmodified).Select(item => item.Node.Name.ToString()).Order());
        Assert.Equal(19UL * 10_000 + 500, second.Summary.TotalBytesProcessed);
    }

    [Fact]
    public async Task A_file_that_vanishes_is_an_error_and_the_rest_is_backed_up()
    {
        using var vault = await new EngineVault().InitAsync();
        File.CreateSymbolicLink(Path.Combine(vault.Source, "a link"), "first");
        await File.WriteAllTextAsync(Path.Combine(vault.Source, "vanishes"), "x");
        await File.WriteAllTextAsync(Path.Combine(vault.Source, "zz stays"), "y");

        // The link is done by the walker itself, before it looks at the next name.
        var observer = new ItemRecorder { OnArchived = _ => File.Delete(Path.Combine(vault.Source, "vanishes")) };
        var result = await vault.BackUpAsync(new() { Targets = vault.Options().Targets, Host = "host", Observer = observer, CountTotals = false });

        var error = Assert.Single(result.Errors);
        Assert.EndsWith("/vanishes", error.Path.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, result.ErrorCount);
        Assert.Equal(error, Assert.Single(observer.Errors));
        await StockRestic.RunAsync(vault.Repository, "check", "--read-data");
        var listed = await StockRestic.RunAsync(vault.Repository, "ls", "latest");
        Assert.Contains("zz stays", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("vanishes", listed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60_000_000)]
    [InlineData(130_000_000)]
    public async Task A_file_that_changes_its_length_while_it_is_read_is_stored_as_read(long newLength)
    {
        using var vault = await new EngineVault().InitAsync();
        var path = Path.Combine(vault.Source, "moving");
        await File.WriteAllBytesAsync(path, OddTree.Noise(9, 100_000_000));

        // At the first upload at most the open packs are ahead of it, some 30 MB: the change always meets a file that is being read.
        var options = new RepositoryOptions { PackSizeBytes = 4 << 20, UploadConcurrency = 1, Compression = Compression.Off };
        BackupResult? result = null;
        await vault.UseAsync<object?>(
            async repository =>
            {
                result = await Archiver.BackUpAsync(repository, vault.Options());
                return null;
            },
            options,
            store => new HookedStore(store)
            {
                OnFirstPack = () =>
                {
                    using var file = File.OpenWrite(path);
                    file.SetLength(newLength);
                },
            });

        var notice = Assert.Single(result!.Notices);
        Assert.Contains("changed while it was read", notice.Reason, StringComparison.Ordinal);
        Assert.Empty(result.Errors);
        Assert.Equal((ulong)newLength, result.Summary.TotalBytesProcessed);
        var restored = await vault.RestoreAsync(result.Snapshot, vault.Folder["restored"]);
        Assert.Empty(restored.Errors);
        Assert.Equal(newLength, new FileInfo(vault.Folder["restored"] + path).Length);
        await StockRestic.RunAsync(vault.Repository, "check");
    }

    [Fact]
    public async Task Without_anything_to_read_there_is_no_snapshot()
    {
        using var vault = await new EngineVault().InitAsync();
        var missing = await Assert.ThrowsAsync<NothingToBackUpException>(() => vault.BackUpAsync(vault.Options("/nowhere/at/all")));
        Assert.Contains("/nowhere", missing.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NothingToBackUpException>(() => vault.BackUpAsync(
            new() { Targets = vault.Options().Targets, Host = "host", Excludes = new ExcludeRules { Patterns = PatternList.Parse(["*"]) } }));
        Assert.Empty(await vault.UseAsync(repository => repository.SnapshotsAsync()));

        var some = await vault.BackUpAsync(vault.Options(vault.Source, "/nowhere/at/all"));
        Assert.Equal(1, some.ErrorCount);
    }

    [Fact]
    public async Task A_dry_run_counts_and_writes_nothing()
    {
        using var vault = await new EngineVault().InitAsync();
        OddTree.Create(vault.Source);
        var before = Directory.GetFiles(vault.Repository, "*", SearchOption.AllDirectories).Order().ToList();

        // A relative target has no folders above it, whose times other programs may change meanwhile.
        Task<BackupResult> RunAsync(bool dryRun) => vault.BackUpAsync(
            new() { Targets = vault.Options("source").Targets, WorkingFolder = RawPath.FromText(vault.Folder.Path), Host = "host", DryRun = dryRun });
        var dry = await RunAsync(dryRun: true);

        Assert.Equal(before, Directory.GetFiles(vault.Repository, "*", SearchOption.AllDirectories).Order());
        Assert.True(dry.Snapshot.Id.IsZero);
        var real = await RunAsync(dryRun: false);
        Assert.Equal(dry.Snapshot.Tree, real.Snapshot.Tree);
        Assert.Equal((dry.Summary.DataBlobs, dry.Summary.TreeBlobs, dry.Summary.DataAdded), (real.Summary.DataBlobs, real.Summary.TreeBlobs, real.Summary.DataAdded));
    }

    [Fact]
    public async Task Cancelled_it_leaves_a_sound_repository_and_the_next_run_completes()
    {
        using var vault = await new EngineVault().InitAsync();
        for (var i = 0; i < 40; i++)
            await File.WriteAllBytesAsync(Path.Combine(vault.Source, $"file{i}"), OddTree.Noise(i, 1_000_000));
        using var stop = new CancellationTokenSource();
        var options = new RepositoryOptions { PackSizeBytes = 4 << 20 };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => vault.UseAsync(
            repository => Archiver.BackUpAsync(repository, vault.Options(), cancellationToken: stop.Token), options, store => new HookedStore(store) { OnFirstPack = stop.Cancel }));

        await StockRestic.RunAsync(vault.Repository, "check");
        Assert.Empty(await vault.UseAsync(repository => repository.SnapshotsAsync()));
        Assert.Empty((await vault.BackUpAsync()).Errors);
        await StockRestic.RunAsync(vault.Repository, "check", "--read-data");
    }

    [Fact]
    public async Task A_store_that_fails_stops_the_backup_with_its_message()
    {
        using var vault = await new EngineVault().InitAsync();
        await File.WriteAllBytesAsync(Path.Combine(vault.Source, "file"), OddTree.Noise(1, 9_000_000));
        var thrown = await Assert.ThrowsAsync<RepositoryException>(() => vault.UseAsync(
            repository => Archiver.BackUpAsync(repository, vault.Options()),
            new RepositoryOptions { PackSizeBytes = 4 << 20 },
            store => new HookedStore(store) { OnFirstPack = () => throw new RepositoryException(RepositoryProblem.NoRoom, "The vault is full.") }));
        Assert.Equal(RepositoryProblem.NoRoom, thrown.Problem);
        Assert.Empty(await vault.UseAsync(repository => repository.SnapshotsAsync()));
    }

    [Fact]
    public async Task Paths_longer_than_the_system_takes_at_once_are_backed_up_and_restored()
    {
        using var vault = await new EngineVault().InitAsync();
        var folder = LocalFiles.OpenFolder(RawPath.FromText(vault.Source));
        var name = RawPath.FromText(new string('d', 200));
        for (var depth = 0; depth < 30; depth++)
        {
            using var parent = folder;
            Assert.True(TargetFiles.TryMakeFolder(parent, name));
            folder = LocalFiles.OpenFolder(parent, name);
        }

        using (folder)
        {
            OddTree.Write(folder, RawPath.FromText("bottom"), "6000 bytes down"u8);
            ExtendedAttributes.Write(folder, RawPath.FromText("bottom"), new ExtendedAttribute("user.a", "b"u8.ToArray()));
        }

        var backup = await vault.BackUpAsync();
        Assert.Empty(backup.Errors);
        Assert.Empty(backup.Notices);
        Assert.Equal(1UL, backup.Summary.FilesNew);
        Assert.Empty((await vault.RestoreAsync(backup.Snapshot, vault.Folder["restored"])).Errors);
        Assert.Empty(new TreeComparer().Compare(vault.Source, vault.Folder["restored"] + vault.Source));
    }

    [Fact]
    public async Task Progress_ends_at_its_totals()
    {
        using var vault = await new EngineVault().InitAsync();
        OddTree.Create(vault.Source);
        var progress = new BackupProgress();
        var result = await vault.UseAsync(repository => Archiver.BackUpAsync(repository, vault.Options(), progress));

        var state = progress.Read();
        Assert.Equal((long)result.Summary.TotalFilesProcessed, state.FilesDone);
        Assert.Equal((long)result.Summary.TotalBytesProcessed, state.BytesDone);
        Assert.Equal((long)result.Summary.DataAdded, state.BytesAdded);
        Assert.Empty(state.CurrentFiles);
        if (state.TotalsKnown)
            Assert.Equal((state.FilesTotal, state.BytesTotal), (state.FilesDone, state.BytesDone));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_lay_in_lost_packs_is_stored_again(bool truncated)
    {
        using var vault = await new EngineVault().InitAsync();
        foreach (var i in Enumerable.Range(0, 20))
            await File.WriteAllBytesAsync(Path.Combine(vault.Source, $"file{i:d2}"), OddTree.Noise(i, 10_000));
        var first = await vault.BackUpAsync(Relative(vault));
        Assert.Equal(LostPacks.None, first.Lost);
        var packs = Directory.GetFiles(Path.Combine(vault.Repository, "data"), "*", SearchOption.AllDirectories);
        foreach (var pack in packs)
        {
            if (truncated)
                await EngineVault.DamageAsync(pack, bytes => bytes.SetLength(bytes.Length / 2));
            else
                File.Delete(pack);
        }

        var told = new ItemRecorder();
        var second = await vault.BackUpAsync(Relative(vault, told));

        var blobs = (int)(first.Summary.DataBlobs + first.Summary.TreeBlobs);
        var expected = truncated ? new LostPacks(0, packs.Length, blobs) : new LostPacks(packs.Length, 0, blobs);
        Assert.Equal(expected, second.Lost);
        Assert.Equal(expected, Assert.Single(told.LostOnes));
        Assert.Equal((first.Summary.DataBlobs, first.Summary.TreeBlobs), (second.Summary.DataBlobs, second.Summary.TreeBlobs));
        Assert.Empty((await vault.RestoreAsync(second.Snapshot, vault.Folder["restored"])).Errors);
        Assert.Empty(new TreeComparer().Compare(vault.Source, Path.Combine(vault.Folder["restored"], "source")));

        // The sources had everything, so the old snapshot is whole again too; nothing is lost any more, and the third run has nothing to tell.
        Assert.Empty((await vault.RestoreAsync(first.Snapshot, vault.Folder["older"])).Errors);
        var third = await vault.BackUpAsync(Relative(vault, told));
        Assert.Equal((0, 0L), (third.Lost.Blobs, third.Summary.DataBlobs));
        Assert.Single(told.LostOnes);
        if (truncated)
            Array.ForEach(packs, File.Delete);
        await StockRestic.RunAsync(vault.Repository, "rebuild-index");
        await StockRestic.RunAsync(vault.Repository, "check", "--read-data");
    }

    [Fact]
    public async Task A_blob_of_a_lost_pack_that_lies_elsewhere_too_is_not_sent_again()
    {
        using var vault = await new EngineVault().InitAsync();
        await File.WriteAllBytesAsync(Path.Combine(vault.Source, "file"), OddTree.Noise(1, 10_000));
        var first = await vault.BackUpAsync(Relative(vault));
        var packs = Directory.GetFiles(Path.Combine(vault.Repository, "data"), "*", SearchOption.AllDirectories);
        Array.ForEach(packs, pack => File.Move(pack, pack + ".away"));
        await vault.BackUpAsync(Relative(vault));
        Array.ForEach(packs, pack => File.Move(pack + ".away", pack));
        var later = Directory.GetFiles(Path.Combine(vault.Repository, "data"), "*", SearchOption.AllDirectories).Except(packs).ToArray();
        Array.ForEach(later, File.Delete);

        var last = await vault.BackUpAsync(Relative(vault));

        Assert.Equal(later.Length, last.Lost.Missing);
        Assert.Equal((0, 0L), (last.Lost.Blobs, last.Summary.DataBlobs));
        Assert.Empty((await vault.RestoreAsync(first.Snapshot, vault.Folder["restored"])).Errors);
    }

    [Fact]
    public async Task A_snapshot_of_the_future_or_of_another_host_is_no_parent()
    {
        using var vault = await new EngineVault().InitAsync();
        await File.WriteAllTextAsync(Path.Combine(vault.Source, "file"), "x");
        var noon = new DateTimeOffset(2024, 6, 1, 12, 0, 0, TimeSpan.Zero);
        Task<BackupResult> At(string host, DateTimeOffset time) => vault.BackUpAsync(new() { Targets = vault.Options().Targets, Host = host, Time = time });
        var first = await At("host", noon);
        var future = await At("host", noon.AddDays(1));
        var other = await At("other", noon.AddDays(2));

        Assert.Null(other.Snapshot.Parent);
        Assert.Equal(first.Snapshot.Id, future.Snapshot.Parent);
        Assert.Equal(first.Snapshot.Id, (await At("host", noon.AddHours(1))).Snapshot.Parent);
    }

    /// <summary>A relative target: the folders above it, which other tests change, are not in the snapshot.</summary>
    private static BackupOptions Relative(EngineVault vault, ItemRecorder? told = null) => new()
    {
        Targets = [RawPath.FromText("source")],
        WorkingFolder = RawPath.FromText(Path.GetDirectoryName(vault.Source)!),
        Host = "host",
        Observer = told,
    };

    /// <summary>Remembers what it was told.</summary>
    private sealed class ItemRecorder : IBackupObserver
    {
        private readonly Lock _lock = new();

        public List<ArchivedItem> Items { get; } = [];

        public List<ItemError> Errors { get; } = [];

        public List<LostPacks> LostOnes { get; } = [];

        public Action<ArchivedItem>? OnArchived { get; init; }

        public void Failed(ItemError error)
        {
            lock (_lock)
                Errors.Add(error);
        }

        public void Noticed(ItemError notice)
        {
        }

        public void Lost(LostPacks lost) => LostOnes.Add(lost);

        public void Archived(ArchivedItem item)
        {
            lock (_lock)
                Items.Add(item);
            OnArchived?.Invoke(item);
        }
    }

    /// <summary>Does something when the first pack arrives, before it is stored.</summary>
    private sealed class HookedStore(IRepositoryStore inner) : IRepositoryStore
    {
        private int _packs;

        public Action? OnFirstPack { get; init; }

        public string Location => inner.Location;

        public TimeSpan? ClockOffset => inner.ClockOffset;

        public Task CreateAsync(CancellationToken cancellationToken = default) => inner.CreateAsync(cancellationToken);

        public Task PutAsync(ObjectName name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
        {
            if (name.Kind == ObjectKind.Data && Interlocked.Increment(ref _packs) == 1)
                OnFirstPack?.Invoke();
            return inner.PutAsync(name, bytes, cancellationToken);
        }

        public Task<byte[]> GetAsync(ObjectName name, CancellationToken cancellationToken = default) => inner.GetAsync(name, cancellationToken);

        public Task ReadRangeAsync(ObjectName name, long offset, Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadRangeAsync(name, offset, buffer, cancellationToken);

        public Task<long?> LengthAsync(ObjectName name, CancellationToken cancellationToken = default) => inner.LengthAsync(name, cancellationToken);

        public IAsyncEnumerable<StoredObject> ListAsync(ObjectKind kind, CancellationToken cancellationToken = default) => inner.ListAsync(kind, cancellationToken);

        public Task DeleteAsync(ObjectName name, CancellationToken cancellationToken = default) => inner.DeleteAsync(name, cancellationToken);

        public void Dispose() => inner.Dispose();
    }
}
