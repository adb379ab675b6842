using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Keys;
using BackupOnline.StorageNode.Tests.Hosting;
using BackupOnline.StorageNode.Tests.Keys;

namespace BackupOnline.StorageNode.Tests.Work;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class KeyWorkTests
{
    [Fact]
    public async Task The_worker_makes_a_hot_vault_seals_its_key_for_a_host_and_stock_restic_opens_it_with_that()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/restic"), "restic is not installed");
        await using var hot = await HotShelf.StartAsync();
        Assert.Equal(NodeWorkOutcome.Done, (await hot.WorkAsync(NodeWorkKind.Keys)).Outcome);
        Assert.True(hot.Vault.Order.Ready);
        Assert.Empty(hot.Vault.Seals);

        var host = new SealedBox();
        var wanted = new SealWanted { Receiver = "host:web01", PublicKey = host.PublicKey };
        var unusable = new SealWanted { Receiver = "host:web02", PublicKey = Convert.ToBase64String(new byte[32]) };
        hot.Vault.Order = hot.Vault.Order with { Seals = [wanted, unusable] };
        Assert.Equal(NodeWorkOutcome.Done, (await hot.WorkAsync(NodeWorkKind.Keys)).Outcome);

        var password = host.Open(hot.Vault.Seals.Single(made => made.For == wanted).Sealed!);
        Assert.Equal(hot.Password(), password);
        Assert.Null(hot.Vault.Seals.Single(made => made.For == unusable).Sealed);
        using var restic = new ResticWork(hot.Shelf) { Password = password! };
        await restic.RunAsync(hot.Shelf.User(CredentialScope.Restore), "cat", "config");
        Assert.Single(hot.Files("keys"));
        Assert.Single(hot.Node.Boots.Distinct());
    }

    [Fact]
    public async Task Cut_off_between_key_and_repository_the_same_key_makes_the_repository()
    {
        await using var hot = await HotShelf.StartAsync();
        hot.Shelf.Cluster.IsDown = true;
        await Assert.ThrowsAsync<TimeoutException>(() => hot.RunAsync(NodeWorkKind.Keys));
        hot.Shelf.Cluster.IsDown = false;
        await hot.RunAsync(NodeWorkKind.Keys);
        var (key, config) = (hot.Vault.Order.Key, await File.ReadAllBytesAsync(Path.Combine(hot.Shelf.VaultFolder(), "config"), TestContext.Current.CancellationToken));

        // The vault was not told: the next attempt finds all of it done.
        hot.Vault.Order = hot.Vault.Order with { Ready = false };
        Assert.Equal(NodeWorkOutcome.Done, (await hot.RunAsync(NodeWorkKind.Keys)).Outcome);
        Assert.Equal((key, true), (hot.Vault.Order.Key, hot.Vault.Order.Ready));
        Assert.Equal(config, await File.ReadAllBytesAsync(Path.Combine(hot.Shelf.VaultFolder(), "config"), TestContext.Current.CancellationToken));
        Assert.Single(hot.Files("keys"));
    }

    [Fact]
    public async Task A_repository_that_somebody_else_made_there_is_left_alone_and_told()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/restic"), "restic is not installed");
        await using var hot = await HotShelf.StartAsync();
        using (var somebody = new ResticWork(hot.Shelf))
            await somebody.RunAsync(hot.Shelf.User(CredentialScope.Append), "init");

        var finished = await hot.WorkAsync(NodeWorkKind.Keys);

        Assert.Equal((NodeWorkOutcome.NeedsOperator, "repository-other-password"), (finished.Outcome, finished.Code));
        Assert.False(hot.Vault.Order.Ready);
    }

    [Fact]
    public async Task A_wrong_missing_or_unsafe_master_key_is_told_to_the_queue_and_mended_without_a_restart()
    {
        await using var hot = await HotShelf.StartAsync();
        await hot.WorkAsync(NodeWorkKind.Keys);
        var right = await File.ReadAllBytesAsync(hot.KeyFile, TestContext.Current.CancellationToken);
        hot.Vault.Order = hot.Vault.Order with { Seals = [new() { Receiver = "host:web01", PublicKey = new SealedBox().PublicKey }] };

        File.SetUnixFileMode(hot.KeyFile, (UnixFileMode)0b110_100_000);
        Assert.Equal("master-key-unsafe", (await hot.WorkAsync(NodeWorkKind.Keys)).Code);
        File.SetUnixFileMode(hot.KeyFile, (UnixFileMode)0b110_000_000);
        await File.WriteAllBytesAsync(hot.KeyFile, MasterKeyText.Write(MasterKey.NewRandom()), TestContext.Current.CancellationToken);
        var other = await hot.WorkAsync(NodeWorkKind.Prune);
        Assert.Equal((NodeWorkOutcome.NeedsOperator, "master-key-other"), (other.Outcome, other.Code));
        File.Delete(hot.KeyFile);
        Assert.Equal("master-key-missing", (await hot.WorkAsync(NodeWorkKind.Keys)).Code);
        Assert.Empty(hot.Vault.Seals);

        await File.WriteAllBytesAsync(hot.KeyFile, right, TestContext.Current.CancellationToken);
        File.SetUnixFileMode(hot.KeyFile, (UnixFileMode)0b110_000_000);
        Assert.Equal(NodeWorkOutcome.Done, (await hot.WorkAsync(NodeWorkKind.Keys)).Outcome);
        Assert.Single(hot.Vault.Seals);
    }

    [Fact]
    public async Task A_key_under_an_older_master_key_is_wrapped_anew_on_the_way()
    {
        await using var hot = await HotShelf.StartAsync();
        await hot.RunAsync(NodeWorkKind.Keys);
        var (password, next) = (hot.Password(), MasterKey.NewRandom());
        var old = await File.ReadAllBytesAsync(hot.KeyFile, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(hot.KeyFile, [.. MasterKeyText.Write(next), .. old], TestContext.Current.CancellationToken);

        await hot.RunAsync(NodeWorkKind.Prune);

        Assert.Equal((next.Id, password), (hot.Vault.Order.Key!.MasterKeyId, hot.Password()));
    }
}
