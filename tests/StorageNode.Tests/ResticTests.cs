using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Tests.Hosting;

namespace BackupOnline.StorageNode.Tests;

/// <summary>Stock restic as the only client: a judge that none of us wrote.</summary>
public sealed class ResticTests
{
    [Fact]
    public async Task Stock_restic_works_in_every_scope_as_decision_16_says()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/restic"), "restic is not installed");
        await using var shelf = await ShelfHost.StartAsync();
        var (append, restore, prune) = (shelf.User(CredentialScope.Append), shelf.User(CredentialScope.Restore), shelf.User(CredentialScope.Prune));
        using var work = new ResticWork(shelf);
        work.MakeTree();

        await work.RunAsync(append, "init");
        await work.RunAsync(append, "backup", work.Tree);
        await File.WriteAllTextAsync(Path.Combine(work.Tree, "changed.txt"), "second version");
        await work.RunAsync(append, "backup", work.Tree);
        await work.RunAsync(append, "check", "--read-data");

        var (exitCode, output) = await work.TryAsync(append, "forget", "--keep-last", "1");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("a credential of scope 'append' may not delete", output, StringComparison.Ordinal);
        Assert.Equal(2, Files(shelf, "snapshots"));

        await work.RunAsync(restore, "restore", "latest", "--target", Path.Combine(work.Folder, "back"));
        await work.SameAsTreeAsync(Path.Combine(work.Folder, "back", work.Tree.TrimStart('/')));

        await work.RunAsync(prune, "forget", "--keep-last", "1", "--prune");
        Assert.Equal(1, Files(shelf, "snapshots"));
        await work.RunAsync(restore, "check", "--read-data");
        Assert.Equal(0, Files(shelf, "locks"));

        // The folder itself is a repository.
        await work.LocalAsync(shelf.VaultFolder(), "check", "--read-data");
    }

    [Fact]
    public async Task A_restore_credential_cannot_back_up()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/restic"), "restic is not installed");
        await using var shelf = await ShelfHost.StartAsync();
        using var work = new ResticWork(shelf);
        work.MakeTree();
        await work.RunAsync(shelf.User(CredentialScope.Append), "init");

        // restic tries again for minutes: its first complaint is enough.
        var output = await work.UntilAsync(shelf.User(CredentialScope.Restore), "may not write", "backup", work.Tree);

        Assert.Contains("a credential of scope 'restore' may not write", output, StringComparison.Ordinal);
        Assert.Equal(0, Files(shelf, "snapshots"));
    }

    private static int Files(ShelfHost shelf, string type) => Directory.GetFiles(Path.Combine(shelf.VaultFolder(), type)).Length;
}
