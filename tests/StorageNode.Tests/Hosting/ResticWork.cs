using System.Diagnostics;
using System.Text;

namespace BackupOnline.StorageNode.Tests.Hosting;

/// <summary>Stock restic at work on a shelf: a judge that none of us wrote.</summary>
internal sealed class ResticWork(ShelfHost shelf) : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("restic-").FullName;

    public string Password { get; init; } = "a password of the customer";

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

    /// <summary>A run that is left to itself, with an open pipe as its input.</summary>
    public Process Begin(ShelfUser user, params string[] arguments) => Start(Repository(user), arguments, withInput: true);

    private string Repository(ShelfUser user) => $"rest:http://{user.KeyId}:{user.Secret}@127.0.0.1:{shelf.Address.Port}/{user.Vault.Tenant}/{user.Vault.Vault}/";

    private Process Start(string repository, string[] arguments, bool withInput = false)
    {
        var start = new ProcessStartInfo("/usr/bin/restic", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = withInput };
        start.Environment["RESTIC_REPOSITORY"] = repository;
        start.Environment["RESTIC_PASSWORD"] = Password;
        start.Environment["RESTIC_CACHE_DIR"] = Path.Combine(Folder, "cache");
        return Process.Start(start)!;
    }
}
