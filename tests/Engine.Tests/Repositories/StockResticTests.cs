using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Tests.Repositories;

/// <summary>Both directions against the restic of the distribution.</summary>
public sealed class StockResticTests
{
    private static readonly DateTimeOffset SomeTime = new(2024, 2, 29, 12, 34, 56, 789, TimeSpan.Zero);

    [Fact]
    public async Task We_read_what_restic_wrote()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["source/sub"]);
        var content = RandomNumberGenerator.GetBytes(3_000_000);
        await File.WriteAllBytesAsync(folder["source/random.bin"], content);
        await File.WriteAllTextAsync(folder["source/sub/text.txt"], new string('a', 100_000));
        await StockRestic.RunAsync(folder["repo"], "init");
        await StockRestic.RunAsync(folder["repo"], "backup", "--host", "h1", "--tag", "t1", folder["source"]);
        var config = JsonDocument.Parse(await StockRestic.RunAsync(folder["repo"], "cat", "config")).RootElement;

        using var store = new LocalStore(folder["repo"]);
        await using var repository = await Repository.OpenAsync(store, StockRestic.Password);
        await repository.LoadIndexAsync();

        Assert.Equal(config.GetProperty("id").GetString(), repository.Config.Id);
        Assert.Equal(config.GetProperty("chunker_polynomial").GetString(), repository.Config.ChunkerPolynomial.ToString());
        var snapshot = Assert.Single(await repository.SnapshotsAsync());
        Assert.Equal("h1", snapshot.Hostname);
        Assert.Equal([folder["source"]], snapshot.Paths);
        Assert.Equal(["t1"], snapshot.Tags!);
        Assert.Single(await repository.KeysAsync(), key => key.IsCurrent);
        var byRestic = await StockRestic.RunAsync(folder["repo"], "cat", "blob", snapshot.Tree.ToString());
        Assert.Equal(byRestic, Encoding.UTF8.GetString(await repository.LoadBlobAsync(BlobType.Tree, snapshot.Tree)));

        var data = new Dictionary<BlobId, byte[]>();
        foreach (var blob in repository.Index.Entries().Where(entry => entry.Type == BlobType.Data))
            data[blob.Id] = await repository.LoadBlobAsync(BlobType.Data, blob.Id);
        Assert.Equal(content.Length + 100_000, data.Values.Sum(blob => blob.Length));
        foreach (var pack in repository.Index.Packs())
        {
            var length = await store.LengthAsync(new ObjectName(ObjectKind.Data, pack));
            var header = await repository.ReadPackHeaderAsync(pack, length!.Value);
            Assert.Equal(repository.Index.Entries().Where(entry => entry.Location.Pack == pack).OrderBy(entry => entry.Location.Offset), header);
        }
    }

    [Theory]
    [InlineData(Compression.Auto)]
    [InlineData(Compression.Off)]
    [InlineData(Compression.Max)]
    public async Task Restic_reads_what_we_wrote(Compression compression)
    {
        using var folder = new TempFolder();
        using var store = new LocalStore(folder["repo"]);
        var options = new RepositoryOptions { Compression = compression, PackSizeBytes = 4 << 20 };
        await using var repository = await Repository.InitAsync(store, StockRestic.Password, options);
        var random = RandomNumberGenerator.GetBytes(1_000_000);
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("compressible ", 60_000)));
        var content = new List<BlobId>();
        for (var i = 0; i < 9; i++)
        {
            random[0] = (byte)i;
            text[0] = (byte)i;
            content.Add((await repository.SaveBlobAsync(BlobType.Data, random)).Id);
            content.Add((await repository.SaveBlobAsync(BlobType.Data, text)).Id);
        }

        var tree = await repository.SaveBlobAsync(BlobType.Tree, FileTree("file", content, 9L * (random.Length + text.Length)));
        var saved = await repository.SaveSnapshotAsync(new Snapshot { Time = SomeTime, Tree = tree.Id, Paths = ["/file"], Hostname = "h2", Tags = ["a", "b"] });

        await StockRestic.RunAsync(folder["repo"], "check", "--read-data");
        var listed = JsonDocument.Parse(await StockRestic.RunAsync(folder["repo"], "snapshots", "--json")).RootElement[0];
        Assert.Equal(saved.Id.ToString(), listed.GetProperty("id").GetString());
        Assert.Equal(SomeTime, listed.GetProperty("time").GetDateTimeOffset());
        Assert.Equal(repository.Config.Id, JsonDocument.Parse(await StockRestic.RunAsync(folder["repo"], "cat", "config")).RootElement.GetProperty("id").GetString());
        await StockRestic.RunAsync(folder["repo"], "restore", "latest", "--target", folder["restored"]);
        var restored = await File.ReadAllBytesAsync(folder["restored/file"]);
        Assert.Equal(9 * (random.Length + text.Length), restored.Length);
        Assert.Equal(text.AsSpan(), restored.AsSpan()[^text.Length..]);
    }

    [Fact]
    public async Task Restic_adds_nothing_to_what_it_can_reuse_of_ours_and_prunes_it()
    {
        using var folder = new TempFolder();
        using var store = new LocalStore(folder["repo"]);
        await using (var repository = await Repository.InitAsync(store, StockRestic.Password))
        {
            await repository.SaveBlobAsync(BlobType.Data, "an orphan"u8.ToArray());
            await repository.FlushAsync();
        }

        await File.WriteAllTextAsync(folder["file"], "an orphan");
        var summary = await StockRestic.RunAsync(folder["repo"], "backup", "--json", folder["file"]);
        Assert.Contains("\"data_blobs\":0", summary, StringComparison.Ordinal);
        await StockRestic.RunAsync(folder["repo"], "prune", "--max-unused", "0");
        await StockRestic.RunAsync(folder["repo"], "check", "--read-data");
    }

    private static byte[] FileTree(string name, List<BlobId> content, long size)
    {
        var ids = string.Join(',', content.Select(id => $"\"{id}\""));
        return Encoding.UTF8.GetBytes(
            $"{{\"nodes\":[{{\"name\":\"{name}\",\"type\":\"file\",\"mode\":420,\"mtime\":\"2024-02-29T12:00:00Z\",\"atime\":\"2024-02-29T12:00:00Z\","
            + $"\"ctime\":\"2024-02-29T12:00:00Z\",\"uid\":{0},\"gid\":{0},\"size\":{size},\"links\":1,\"content\":[{ids}]}}]}}\n");
    }
}
