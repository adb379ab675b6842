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

    // A shelf runs for months; what the just-in-time compiler does in its first seconds is not measured.
    private const int WarmUps = 4;
    private const int Rounds = 5;

    [Fact(Explicit = true)]
    public async Task Packs_are_hashed_and_stored_at_so_many_megabytes_per_second_of_a_core()
    {
        var packs = Directory.CreateTempSubdirectory("packs-").FullName;
        try
        {
            var names = Enumerable.Range(0, Clients * PacksOfEach).Select(i => WritePack(packs, i)).ToList();
            await using var shelf = await ShelfHost.StartAsync(realTime: true);
            for (var round = -WarmUps; round < Rounds; round++)
                await MeasureAsync(shelf, $"vault{round + WarmUps}", packs, names, round >= 0);
        }
        finally
        {
            Directory.Delete(packs, recursive: true);
        }
    }

    private static string WritePack(string packs, int number)
    {
        var bytes = RandomNumberGenerator.GetBytes(PackBytes);
        File.WriteAllBytes(Path.Combine(packs, $"pack{number}"), bytes);
        return ShelfHost.NameOf(bytes);
    }

    private static async Task MeasureAsync(ShelfHost shelf, string vault, string packs, List<string> names, bool counts)
    {
        var user = shelf.User(CredentialScope.Append, vault: vault);

        // Counted and shaped as ever, at a rate that is out of reach.
        _ = await shelf.StoreAsync(user, "data", ShelfHost.Bytes(1));
        RateBench.SetRate(shelf, "acme", 1_000_000_000_000);
        var configs = Enumerable.Range(0, Clients).Select(client => WriteConfig(shelf, user, packs, names, client)).ToList();
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        var (processor, since) = (process.TotalProcessorTime, TimeProvider.System.GetTimestamp());

        var answers = await Task.WhenAll(configs.Select(RunCurlAsync));

        process.Refresh();
        var (wall, spent) = (TimeProvider.System.GetElapsedTime(since), process.TotalProcessorTime - processor);
        Assert.All(answers, answer => Assert.Equal(Enumerable.Repeat("200", PacksOfEach), answer.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(1 + names.Count, Directory.GetFiles(Path.Combine(shelf.VaultFolder(vault: vault), "data"), "*", SearchOption.AllDirectories).Length);
        Directory.Delete(shelf.VaultFolder(vault: vault), recursive: true);
        var megabytes = names.Count * (PackBytes / 1e6);
        if (counts)
            Say($"| {Clients} connections, {names.Count} packs of 16 MiB | {megabytes / wall.TotalSeconds:0} | {megabytes / spent.TotalSeconds:0} |");
    }

    private static string WriteConfig(ShelfHost shelf, ShelfUser user, string packs, List<string> names, int client)
    {
        var config = Path.Combine(packs, $"client{client}");
        using var lines = new StreamWriter(config);
        for (var i = 0; i < PacksOfEach; i++)
        {
            var number = (client * PacksOfEach) + i;
            lines.WriteLine(i > 0 ? "next" : "");
            lines.WriteLine($"url = \"{shelf.Address}{user.Vault.Tenant}/{user.Vault.Vault}/data/{names[number]}\"");
            lines.WriteLine($"header = \"Authorization: Basic {user.Basic}\"\nheader = \"Expect:\"");
            lines.WriteLine($"data-binary = \"@{Path.Combine(packs, $"pack{number}")}\"\noutput = \"/dev/null\"\nwrite-out = \"%{{http_code}}\\n\"\nsilent\nshow-error\nfail");
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
