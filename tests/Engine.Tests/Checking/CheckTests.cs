using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Checking;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Tests.Archiving;
using BackupOnline.Engine.Tests.Files;

namespace BackupOnline.Engine.Tests.Checking;

public sealed class CheckTests
{
    [Fact]
    public async Task A_repository_that_restic_wrote_is_sound()
    {
        using var vault = new EngineVault();
        OddTree.Create(vault.Source);
        await StockRestic.RunAsync(vault.Repository, "init");
        await StockRestic.RunAsync(vault.Repository, "backup", vault.Source);
        File.Delete(Path.Combine(vault.Source, "text"));
        await StockRestic.RunAsync(vault.Repository, "backup", vault.Source);

        var result = await CheckAsync(vault);

        Assert.Empty(result.Findings);
        Assert.Equal((0L, 2L), (result.ErrorCount, result.Snapshots));
        Assert.Equal(Directory.GetFiles(Path.Combine(vault.Repository, "data"), "*", SearchOption.AllDirectories).Sum(path => new FileInfo(path).Length), result.BytesRead);
    }

    [Fact]
    public async Task A_pack_that_no_index_names_is_a_notice()
    {
        using var vault = await FilledAsync();
        await File.WriteAllBytesAsync(Path.Combine(vault.Repository, "data", "00", new string('0', 64)), [1, 2, 3]);
        var result = await CheckAsync(vault);
        Assert.Equal(CheckFindingKind.UnreferencedPack, Assert.Single(result.Findings).Kind);
        Assert.Equal((0L, 1L), (result.ErrorCount, result.UnreferencedPacks));
    }

    [Fact]
    public async Task A_missing_pack_is_found_without_reading_data()
    {
        using var vault = await FilledAsync();
        var pack = await DataPackAsync(vault);
        File.Delete(pack);
        var result = await CheckAsync(vault, readData: false);
        var finding = Assert.Single(result.Findings);
        Assert.Equal(CheckFindingKind.MissingPack, finding.Kind);
        Assert.Contains(Path.GetFileName(pack), finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_pack_is_found_without_reading_data()
    {
        using var vault = await FilledAsync();
        await EngineVault.DamageAsync(await DataPackAsync(vault), file => file.SetLength(file.Length - 1));
        Assert.Equal(CheckFindingKind.WrongPackLength, Assert.Single((await CheckAsync(vault, readData: false)).Findings).Kind);
    }

    [Fact]
    public async Task A_flipped_bit_in_a_blob_is_found_only_by_reading_data()
    {
        using var vault = await FilledAsync();
        await EngineVault.DamageAsync(await DataPackAsync(vault), file => Flip(file, 1000));
        Assert.Empty((await CheckAsync(vault, readData: false)).Findings);
        var kinds = (await CheckAsync(vault)).Findings.Select(finding => finding.Kind).ToHashSet();
        Assert.Equal([CheckFindingKind.WrongPackHash, CheckFindingKind.DamagedBlob], kinds);
    }

    [Fact]
    public async Task A_damaged_pack_header_is_found_and_the_blobs_are_judged_by_the_index()
    {
        using var vault = await FilledAsync();
        await EngineVault.DamageAsync(await DataPackAsync(vault), file => Flip(file, file.Length - 10));
        var kinds = (await CheckAsync(vault)).Findings.Select(finding => finding.Kind).ToHashSet();
        Assert.Equal([CheckFindingKind.WrongPackHash, CheckFindingKind.WrongPackHeader], kinds);
    }

    [Fact]
    public async Task A_damaged_key_is_named_though_another_one_opens_the_repository()
    {
        using var vault = await FilledAsync();
        var first = Directory.GetFiles(Path.Combine(vault.Repository, "keys"));
        await File.WriteAllTextAsync(vault.Folder["second"], "another password");
        await StockRestic.RunAsync(vault.Repository, "key", "add", "--new-password-file", vault.Folder["second"]);
        Assert.Empty((await CheckAsync(vault)).Findings);
        var second = Assert.Single(Directory.GetFiles(Path.Combine(vault.Repository, "keys")).Except(first));

        await EngineVault.DamageAsync(second, file => Flip(file, 5));

        var finding = Assert.Single((await CheckAsync(vault, readData: false)).Findings);
        Assert.Equal((CheckFindingKind.DamagedKey, Path.GetFileName(second), true), (finding.Kind, finding.Name, finding.IsError));
    }

    [Fact]
    public async Task A_damaged_snapshot_is_named_and_the_others_are_checked()
    {
        using var vault = await FilledAsync();
        await vault.BackUpAsync();
        var snapshot = Directory.GetFiles(Path.Combine(vault.Repository, "snapshots")).First();
        await EngineVault.DamageAsync(snapshot, file => Flip(file, 30));
        var result = await CheckAsync(vault);
        var finding = Assert.Single(result.Findings);
        Assert.Equal((CheckFindingKind.DamagedSnapshot, Path.GetFileName(snapshot)), (finding.Kind, finding.Name));
        Assert.Equal(1, result.Snapshots);
    }

    [Fact]
    public async Task A_truncated_index_is_named_and_what_it_listed_is_missing()
    {
        using var vault = await FilledAsync();
        var index = Directory.GetFiles(Path.Combine(vault.Repository, "index")).Single();
        await EngineVault.DamageAsync(index, file => file.SetLength(file.Length / 2));
        var findings = (await CheckAsync(vault)).Findings;
        Assert.Contains(findings, finding => finding.Kind == CheckFindingKind.DamagedIndex && finding.Name == Path.GetFileName(index));
        Assert.Contains(findings, finding => finding.Kind == CheckFindingKind.MissingBlob);
    }

    [Fact]
    public async Task A_blob_that_no_index_has_is_named_once_with_the_file_that_needs_it()
    {
        using var vault = await FilledAsync();
        var missing = BlobId.Of("never saved"u8);
        await vault.UseAsync(async repository =>
        {
            var nodes = string.Join(',', new[] { "a", "b" }.Select(name => $"{{\"name\":\"{name}\",\"type\":\"file\",\"content\":[\"{missing}\"]}}"));
            var tree = await repository.SaveBlobAsync(BlobType.Tree, System.Text.Encoding.UTF8.GetBytes($"{{\"nodes\":[{nodes}]}}\n"));
            return await repository.SaveSnapshotAsync(new() { Time = DateTimeOffset.UnixEpoch, Tree = tree.Id, Paths = ["/x"] });
        });
        var finding = Assert.Single((await CheckAsync(vault)).Findings);
        Assert.Equal((CheckFindingKind.MissingBlob, missing.ToString()), (finding.Kind, finding.Name));
        Assert.Contains("'a'", finding.Message, StringComparison.Ordinal);
    }

    private static async Task<EngineVault> FilledAsync()
    {
        var vault = await new EngineVault().InitAsync();
        await File.WriteAllBytesAsync(Path.Combine(vault.Source, "noise"), OddTree.Noise(1, 5_000_000));
        await File.WriteAllTextAsync(Path.Combine(vault.Source, "text"), "some text");
        await vault.BackUpAsync();
        return vault;
    }

    private static async Task<CheckResult> CheckAsync(EngineVault vault, bool readData = true)
    {
        using var store = new LocalStore(vault.Repository);
        await using var repository = await Repository.OpenAsync(store, StockRestic.Password);
        return await Checker.CheckAsync(repository, new CheckOptions { ReadData = readData });
    }

    /// <summary>The pack of the largest blob: another one may hold only a few bytes.</summary>
    private static async Task<string> DataPackAsync(EngineVault vault)
    {
        var pack = await vault.UseAsync(repository => Task.FromResult(repository.Index.Entries().MaxBy(entry => entry.Type == BlobType.Data ? entry.Location.Length : 0).Location.Pack));
        return Path.Combine(vault.Repository, "data", pack.ToString()[..2], pack.ToString());
    }

    private static void Flip(MemoryStream file, long position)
    {
        file.Position = position;
        var value = file.ReadByte();
        file.Position = position;
        file.WriteByte((byte)(value ^ 1));
    }
}
