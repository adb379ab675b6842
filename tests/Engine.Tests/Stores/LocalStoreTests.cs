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
