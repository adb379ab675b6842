using System.Diagnostics;
using System.Text;
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

    private sealed class ResticWork(ShelfHost shelf) : IDisposable
    {
        public string Folder { get; } = Directory.CreateTempSubdirectory("restic-").FullName;

        public string Tree => Path.Combine(Folder, "tree");

        public void MakeTree()
        {
            var random = new Random(42);
            Directory.CreateDirectory(Path.Combine(Tree, "deep", "er"));
            for (var i = 0; i < 50; i++)
            {
                var bytes = new byte[random.Next(0, 60_000)];
                random.NextBytes(bytes);
                File.WriteAllBytes(Path.Combine(Tree, i % 2 == 0 ? "deep/er" : "", $"file {i} é"), bytes);
            }

            var big = new byte[20 << 20];
            random.NextBytes(big);
            File.WriteAllBytes(Path.Combine(Tree, "big"), big);
            File.WriteAllText(Path.Combine(Tree, "changed.txt"), "first version");
        }

        public async Task RunAsync(ShelfUser user, params string[] arguments)
        {
            var (exitCode, output) = await TryAsync(user, arguments);
            Assert.True(exitCode == 0, $"restic {arguments[0]}: {exitCode}\n{output}");
        }

        public async Task LocalAsync(string repository, params string[] arguments)
        {
            using var process = Start(repository, arguments);
            var output = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, output);
        }

        public async Task<(int ExitCode, string Output)> TryAsync(ShelfUser user, params string[] arguments)
        {
            using var process = Start(Repository(user), arguments);
            var outputs = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, string.Concat(outputs));
        }

        public async Task<string> UntilAsync(ShelfUser user, string words, params string[] arguments)
        {
            using var process = Start(Repository(user), arguments);
            var said = new StringBuilder();
            while (!said.ToString().Contains(words, StringComparison.Ordinal) && await process.StandardError.ReadLineAsync() is { } line)
                said.AppendLine(line);

            process.Kill();
            await process.WaitForExitAsync();
            return said.ToString();
        }

        public async Task SameAsTreeAsync(string other)
        {
            using var process = Process.Start(new ProcessStartInfo("diff", ["-r", Tree, other]) { RedirectStandardOutput = true })!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, output);
        }

        public void Dispose() => Directory.Delete(Folder, recursive: true);

        private string Repository(ShelfUser user) => $"rest:http://{user.KeyId}:{user.Secret}@127.0.0.1:{shelf.Address.Port}/{user.Vault.Tenant}/{user.Vault.Vault}/";

        private Process Start(string repository, string[] arguments)
        {
            var start = new ProcessStartInfo("/usr/bin/restic", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["RESTIC_REPOSITORY"] = repository;
            start.Environment["RESTIC_PASSWORD"] = "a password of the customer";
            start.Environment["RESTIC_CACHE_DIR"] = Path.Combine(Folder, "cache");
            return Process.Start(start)!;
        }
    }
}
