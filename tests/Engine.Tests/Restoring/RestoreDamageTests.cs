using System.Text;
using BackupOnline.Engine.Archiving;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Packs;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Restoring;
using BackupOnline.Engine.Tests.Archiving;
using BackupOnline.Engine.Tests.Files;

namespace BackupOnline.Engine.Tests.Restoring;

/// <summary>Whatever is lost or lies in a repository, everything else is given back.</summary>
public sealed class RestoreDamageTests
{
    private static readonly byte[] Fifty = Encoding.UTF8.GetBytes(new string('x', 40) + "0123456789");

    [Fact]
    public async Task A_file_that_lost_one_part_gets_all_the_others()
    {
        using var vault = await new EngineVault().InitAsync();
        var bytes = OddTree.Noise(5, 12_000_000);
        await File.WriteAllBytesAsync(Path.Combine(vault.Source, "image"), bytes);
        var snapshot = await BackUpInSmallPacksAsync(vault);

        // The first that is read of all: what comes after it counts.
        var (id, location) = await vault.UseAsync(repository => Task.FromResult(
            repository.Index.Entries().Where(entry => entry.Type == BlobType.Data).Select(entry => (entry.Id, entry.Location)).First()));
        await EngineVault.DamageAsync(PathOf(vault, location.Pack), file => Flip(file, location.Offset + 100));

        var result = await vault.RestoreAsync(snapshot, vault.Folder["target"]);

        Assert.Contains("incomplete", Assert.Single(result.Errors).Reason, StringComparison.Ordinal);
        var restored = await File.ReadAllBytesAsync(vault.Folder["target"] + vault.Source + "/image");
        var lost = Enumerable.Range(0, bytes.Length - location.PlainLength + 1).First(at => IsZero(restored.AsSpan(at, location.PlainLength)));
        Assert.Equal(id, BlobId.Of(bytes.AsSpan(lost, location.PlainLength)));
        bytes.AsSpan(lost, location.PlainLength).Clear();
        Assert.True(bytes.AsSpan().SequenceEqual(restored));
    }

    [Fact]
    public async Task A_pack_that_cannot_be_read_takes_its_own_files_only()
    {
        using var vault = await new EngineVault().InitAsync();
        for (var i = 0; i < 12; i++)
            await File.WriteAllBytesAsync(Path.Combine(vault.Source, $"file{i:d2}"), OddTree.Noise(i, 1_000_000));
        var snapshot = await BackUpInSmallPacksAsync(vault);
        var pack = await vault.UseAsync(repository => Task.FromResult(repository.Index.Entries().First(entry => entry.Type == BlobType.Data).Location.Pack));

        // A folder in its place is refused to root too, as a pack without rights is to others.
        File.Delete(PathOf(vault, pack));
        Directory.CreateDirectory(PathOf(vault, pack));

        var result = await vault.RestoreAsync(snapshot, vault.Folder["target"]);

        Assert.InRange(result.ErrorCount, 1, 11);
        Assert.All(result.Errors, error => Assert.Contains("cannot be read", error.Reason, StringComparison.Ordinal));
        Assert.Equal(12 - result.ErrorCount, result.Files);
        Assert.Equal(result.ErrorCount, new TreeComparer().Compare(vault.Source, vault.Folder["target"] + vault.Source).Count);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(int.MaxValue)]
    public async Task A_length_that_the_index_tells_wrongly_is_an_error_of_the_file_and_never_a_short_one(int told)
    {
        using var vault = await new EngineVault().InitAsync();
        var tree = await SaveAsync(vault, """{"nodes":[{"name":"long","type":"file","mode":420,"content":["ID","ID"]},{"name":"other","type":"file","mode":420,"content":["HERE"]}]}""");

        await vault.UseFreshAsync(async repository =>
        {
            repository.Index.AddPack(ObjectId.Of("a pack that is not there"u8), [new PackedBlob(BlobType.Data, BlobId.Of(Fifty), 0, 90, told, true)]);
            await repository.LoadIndexAsync();
            var result = await Restorer.RestoreAsync(repository, new RestoreOptions { Tree = tree, Target = RawPath.FromText(vault.Folder["target"]) });

            Assert.Equal("long", Assert.Single(result.Errors).Path.ToString());
            Assert.Equal("here", await File.ReadAllTextAsync(vault.Folder["target/other"]));

            // Who asks for the blob alone gets the copy that is right.
            Assert.Equal(Fifty, await repository.LoadBlobAsync(BlobType.Data, BlobId.Of(Fifty)));
            return 0;
        });
    }

    [Fact]
    public async Task A_file_of_more_parts_than_one_plan_takes_comes_back_whole()
    {
        const int Parts = 230_000;
        using var vault = await new EngineVault().InitAsync();
        var content = string.Join(',', Enumerable.Range(0, Parts).Select(part => part % 3 == 0 ? "\"ID\"" : "\"HERE\""));
        var tree = await SaveAsync(vault, $$"""{"nodes":[{"name":"long","type":"file","mode":384,"mtime":"2020-01-02T03:04:05Z","content":[{{content}}]},{"name":"other","type":"file","mode":420,"content":["HERE"]}]}""");

        var result = await vault.UseAsync(repository => Restorer.RestoreAsync(
            repository, new RestoreOptions { Tree = tree, Target = RawPath.FromText(vault.Folder["target"]), Verify = true }));

        Assert.Empty(result.Errors);
        Assert.Equal((2, 2), (result.Files, result.FilesVerified));
        var fifty = Encoding.UTF8.GetString(Fifty);
        Assert.Equal(string.Concat(Enumerable.Range(0, Parts).Select(part => part % 3 == 0 ? fifty : "here")), await File.ReadAllTextAsync(vault.Folder["target/long"]));
        Assert.Equal(new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc), File.GetLastWriteTimeUtc(vault.Folder["target/long"]));
    }

    [Theory]
    [InlineData("\"user.a\\u0000b\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    public async Task An_attribute_with_an_impossible_name_is_told_and_the_rest_is_restored(string name)
    {
        using var vault = await new EngineVault().InitAsync();
        var tree = await SaveAsync(
            vault,
            $$"""{"nodes":[{"name":"odd","type":"file","mode":384,"content":["HERE"],"extended_attributes":[{"name":{{name}},"value":"AA=="}]},{"name":"other","type":"file","mode":384,"content":["HERE"]}]}""");

        var result = await vault.UseAsync(repository => Restorer.RestoreAsync(repository, new RestoreOptions { Tree = tree, Target = RawPath.FromText(vault.Folder["target"]) }));

        Assert.Equal("odd", Assert.Single(result.Errors).Path.ToString());
        Assert.Equal(["here", "here"], new[] { "odd", "other" }.Select(file => File.ReadAllText(vault.Folder["target/" + file])));
    }

    private static bool IsZero(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExcept((byte)0);

    private static string PathOf(EngineVault vault, ObjectId pack) => Path.Combine(vault.Repository, "data", pack.ToString()[..2], pack.ToString());

    private static void Flip(MemoryStream file, long at)
    {
        file.Position = at;
        var value = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(value ^ 1));
    }

    private static Task<Engine.Snapshots.Snapshot> BackUpInSmallPacksAsync(EngineVault vault) => vault.UseAsync(
        async repository => (await Archiver.BackUpAsync(repository, vault.Options())).Snapshot, new RepositoryOptions { PackSizeBytes = 4 << 20 });

    private static Task<BlobId> SaveAsync(EngineVault vault, string json) => vault.UseAsync(async repository =>
    {
        await repository.SaveBlobAsync(BlobType.Data, Fifty);
        var here = (await repository.SaveBlobAsync(BlobType.Data, "here"u8.ToArray())).Id;
        var text = json.Replace("\"ID\"", $"\"{BlobId.Of(Fifty)}\"", StringComparison.Ordinal).Replace("\"HERE\"", $"\"{here}\"", StringComparison.Ordinal);
        var saved = await repository.SaveBlobAsync(BlobType.Tree, Encoding.UTF8.GetBytes(text + "\n"));
        await repository.FlushAsync();
        return saved.Id;
    });
}
