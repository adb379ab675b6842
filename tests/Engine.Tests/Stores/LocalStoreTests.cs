using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Tests.Stores;

public sealed class LocalStoreTests : RepositoryStoreSuite, IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Files_and_folders_are_for_their_owner_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var store = await NewStoreAsync();
        var (name, bytes) = NewObject(ObjectKind.Data, 10);
        await store.CreateAsync();
        await store.PutAsync(name, bytes);

        var file = _folder[$"repo/data/{name.Name[..2]}/{name.Name}"];
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public async Task Left_over_temporary_files_are_not_listed()
    {
        using var store = await NewStoreAsync();
        await store.CreateAsync();
        var (name, bytes) = NewObject(ObjectKind.Data, 10);
        await store.PutAsync(name, bytes);
        await File.WriteAllTextAsync(_folder[$"repo/data/{name.Name[..2]}/{name.Name}-tmp-1234"], "half");
        await File.WriteAllTextAsync(_folder["repo/snapshots/README"], "a note");

        Assert.Single(await ListAsync(store, ObjectKind.Data));
        Assert.Empty(await ListAsync(store, ObjectKind.Snapshot));
    }

    [Fact]
    public async Task What_killed_writers_left_is_removed_once_nobody_can_be_writing_it_any_more()
    {
        using var store = await NewStoreAsync();
        await store.CreateAsync();
        var now = TimeProvider.System.GetUtcNow();
        var (pack, bytes) = NewObject(ObjectKind.Data, 10);
        var (index, _) = NewObject(ObjectKind.Index, 10);
        await store.PutAsync(pack, bytes);
        var old = Leave($"data/{pack.Name[..2]}/{pack.Name}-tmp-1234", hours: 30);
        var alsoOld = Leave($"index/{index.Name}-tmp-abcdef", hours: 25);
        var fresh = Leave($"data/{pack.Name[..2]}/{pack.Name}-tmp-9", hours: 1);
        var foreign = Leave("data/00/notes-tmp-2019.txt", hours: 1000);

        Assert.Equal(new StoreRemnants(2, 14), await store.RemoveRemnantsAsync(now - TimeSpan.FromDays(1)));

        Assert.Equal([false, false, true, true], new[] { old, alsoOld, fresh, foreign }.Select(File.Exists));
        Assert.Equal(bytes, await store.GetAsync(pack));
        Assert.Equal(default, await store.RemoveRemnantsAsync(now - TimeSpan.FromDays(1)));

        string Leave(string name, int hours)
        {
            File.WriteAllText(_folder["repo/" + name], "partial");
            File.SetLastWriteTimeUtc(_folder["repo/" + name], now.UtcDateTime.AddHours(-hours));
            return _folder["repo/" + name];
        }
    }

    [Fact]
    public async Task A_pack_that_is_refused_is_one_objects_problem_and_a_refused_key_is_the_users()
    {
        using var store = await NewStoreAsync();
        var (pack, _) = NewObject(ObjectKind.Data, 10);
        var (key, _) = NewObject(ObjectKind.Key, 10);

        // Folders in their places are refused to root too.
        await store.CreateAsync();
        await store.PutAsync(ObjectName.Config, new byte[10]);
        Directory.CreateDirectory(_folder[$"repo/data/{pack.Name[..2]}/{pack.Name}"]);
        Directory.CreateDirectory(_folder[$"repo/keys/{key.Name}"]);

        Assert.Equal(RepositoryProblem.Unreadable, (await Assert.ThrowsAsync<RepositoryException>(() => store.GetAsync(pack))).Problem);
        Assert.Equal(RepositoryProblem.Unreadable, (await Assert.ThrowsAsync<RepositoryException>(() => store.ReadRangeAsync(pack, 0, new byte[5]))).Problem);
        Assert.Equal(RepositoryProblem.AccessDenied, (await Assert.ThrowsAsync<RepositoryException>(() => store.GetAsync(key))).Problem);

        // Where nothing can be read it is no longer one pack's.
        await store.DeleteAsync(ObjectName.Config);
        Assert.Equal(RepositoryProblem.AccessDenied, (await Assert.ThrowsAsync<RepositoryException>(() => store.GetAsync(pack))).Problem);
    }

    [Fact]
    public async Task A_failed_put_leaves_no_temporary_file()
    {
        using var store = await NewStoreAsync();
        await store.CreateAsync();
        var (name, bytes) = NewObject(ObjectKind.Index, 10);
        Directory.CreateDirectory(_folder[$"repo/index/{name.Name}/in the way"]);

        await Assert.ThrowsAsync<RepositoryException>(() => store.PutAsync(name, bytes));

        Assert.Empty(Directory.GetFiles(_folder["repo/index"]));
    }

    [Fact]
    public async Task A_missing_pack_folder_is_made()
    {
        using var store = await NewStoreAsync();
        var (name, bytes) = NewObject(ObjectKind.Data, 10);

        await store.PutAsync(name, bytes);

        Assert.Equal(bytes, await store.GetAsync(name));
    }

    [Fact]
    public async Task A_full_disk_says_so()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/dev/full"), "needs /dev/full");
        using var store = await NewStoreAsync();
        await store.CreateAsync();
        var problem = FileProblems.From(Assert.ThrowsAny<IOException>(FillUp), null, "/somewhere");

        Assert.Equal(RepositoryProblem.NoRoom, problem.Problem);
        Assert.Contains("full", problem.Message, StringComparison.Ordinal);

        static void FillUp()
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
            full.Write(new byte[4096]);
        }
    }

    public void Dispose() => _folder.Dispose();

    protected override Task<IRepositoryStore> NewStoreAsync() => Task.FromResult<IRepositoryStore>(new LocalStore(_folder["repo"]));
}
