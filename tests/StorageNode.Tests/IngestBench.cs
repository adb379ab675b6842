using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Tests.Hosting;

namespace BackupOnline.StorageNode.Tests;

/// <summary>
/// <c>scripts/bench.sh ingest</c>: explicit, because it measures. This process is the shelf and nothing else, so its processor time is the shelf's; the clients are curl. Every pack is another one,
/// hashed and stored; nothing is encrypted on the way (no TLS). Lines go to the file that <c>BACKUPONLINE_BENCH_OUT</c> names.
/// </summary>
[CollectionDefinition(nameof(IngestBench), DisableParallelization = true)]
[Collection(nameof(IngestBench))]
public sealed class IngestBench
{
    private const int Clients = 4;
    private const int PacksOfEach = 24;
    private const int PackBytes = 16 << 20;

    [Fact(Explicit = true)]
    public async Task Packs_are_hashed_and_stored_at_so_many_megabytes_per_second_of_a_core()
    {
        var packs = Directory.CreateTempSubdirectory("packs-").FullName;
        try
        {
            for (var round = 0; round < 5; round++)
                await MeasureAsync(packs);
        }
        finally
        {
            Directory.Delete(packs, recursive: true);
        }
    }

    private static async Task MeasureAsync(string packs)
    {
        await using var shelf = await ShelfHost.StartAsync(realTime: true);
        var user = shelf.User(CredentialScope.Append);

        // Counted and shaped as ever, at a rate that is out of reach.
        _ = await shelf.StoreAsync(user, "data", ShelfHost.Bytes(1));
        RateBench.SetRate(shelf, "acme", 1_000_000_000_000);
        var configs = Enumerable.Range(0, Clients).Select(client => WriteConfig(shelf, user, packs, client)).ToList();
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        var (processor, since) = (process.TotalProcessorTime, TimeProvider.System.GetTimestamp());

        var answers = await Task.WhenAll(configs.Select(RunCurlAsync));

        process.Refresh();
        var (wall, spent) = (TimeProvider.System.GetElapsedTime(since), process.TotalProcessorTime - processor);
        Assert.All(answers, answer => Assert.Equal(Enumerable.Repeat("200", PacksOfEach), answer.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(1 + (Clients * PacksOfEach), Directory.GetFiles(Path.Combine(shelf.VaultFolder(), "data"), "*", SearchOption.AllDirectories).Length);
        var megabytes = Clients * PacksOfEach * (PackBytes / 1e6);
        Say($"| {Clients} connections, {Clients * PacksOfEach} packs of 16 MiB | {megabytes / wall.TotalSeconds:0} | {megabytes / spent.TotalSeconds:0} |");
    }

    private static string WriteConfig(ShelfHost shelf, ShelfUser user, string packs, int client)
    {
        var config = Path.Combine(packs, $"client{client}");
        using var lines = new StreamWriter(config);
        for (var i = 0; i < PacksOfEach; i++)
        {
            var bytes = RandomNumberGenerator.GetBytes(PackBytes);
            var path = Path.Combine(packs, $"pack{client}-{i}");
            File.WriteAllBytes(path, bytes);
            lines.WriteLine(i > 0 ? "next" : "");
            lines.WriteLine($"url = \"{shelf.Address}{user.Vault.Tenant}/{user.Vault.Vault}/data/{ShelfHost.NameOf(bytes)}\"");
            lines.WriteLine($"header = \"Authorization: Basic {user.Basic}\"\nheader = \"Expect:\"");
            lines.WriteLine($"data-binary = \"@{path}\"\noutput = \"/dev/null\"\nwrite-out = \"%{{http_code}}\\n\"\nsilent\nshow-error\nfail");
        }

        return config;
    }

    private static async Task<string> RunCurlAsync(string config)
    {
        using var curl = Process.Start(new ProcessStartInfo("curl", ["--disable", "--config", config]) { RedirectStandardOutput = true })!;
        var answer = await curl.StandardOutput.ReadToEndAsync();
        await curl.WaitForExitAsync();
        Assert.Equal(0, curl.ExitCode);
        return answer;
    }

    private static void Say(FormattableString line)
    {
        var text = line.ToString(CultureInfo.InvariantCulture);
        if (Environment.GetEnvironmentVariable("BACKUPONLINE_BENCH_OUT") is { Length: > 0 } path)
            File.AppendAllText(path, text + "\n");
        TestContext.Current.SendDiagnosticMessage(text);
    }
}
