using System.Net;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Tests.Hosting;

namespace BackupOnline.StorageNode.Tests;

/// <summary>The shelf's side of the availability probes: design decision 22.</summary>
public sealed class ProbeTests
{
    private const int Kibibyte = 1 << 10;

    [Fact]
    public async Task A_probe_is_written_read_back_and_deleted()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var prober = shelf.Cluster.Vault("acme", "main").IssueProbe();
        var bytes = ShelfHost.Bytes(4 * Kibibyte);
        var path = $".probe/{ShelfHost.NameOf(bytes)}";

        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Post, prober, path, bytes));
        using (var back = await shelf.SendAsync(HttpMethod.Get, prober, path))
            Assert.Equal(bytes, await back.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Delete, prober, path));
        Assert.Equal(HttpStatusCode.NotFound, await shelf.StatusAsync(HttpMethod.Get, prober, path));

        // Twice deleted is deleted.
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Delete, prober, path));
        Assert.Empty(UploadTests.Leftovers(shelf));
    }

    [Fact]
    public async Task Bytes_that_do_not_match_their_name_are_not_kept()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var prober = shelf.Cluster.Vault("acme", "main").IssueProbe();
        var path = $".probe/{ShelfHost.NameOf("other"u8)}";

        Assert.Equal(HttpStatusCode.BadRequest, await shelf.StatusAsync(HttpMethod.Post, prober, path, ShelfHost.Bytes(100)));
        Assert.Equal(HttpStatusCode.NotFound, await shelf.StatusAsync(HttpMethod.Get, prober, path));
        Assert.Empty(UploadTests.Leftovers(shelf));
    }

    [Theory]
    [InlineData(CredentialScope.Restore)]
    [InlineData(CredentialScope.Append)]
    [InlineData(CredentialScope.Prune)]
    public async Task Customers_credentials_learn_nothing_of_probes(CredentialScope scope)
    {
        await using var shelf = await ShelfHost.StartAsync();
        var prober = shelf.Cluster.Vault("acme", "main").IssueProbe();
        var customer = shelf.User(scope);
        var bytes = ShelfHost.Bytes(100);
        var path = $".probe/{ShelfHost.NameOf(bytes)}";
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Post, prober, path, bytes));

        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head, HttpMethod.Post, HttpMethod.Delete])
            Assert.Equal(HttpStatusCode.NotFound, await shelf.StatusAsync(method, customer, path, method == HttpMethod.Post ? bytes : null));
        Assert.Equal(HttpStatusCode.NotFound, await shelf.StatusAsync(HttpMethod.Get, customer, ".probe/"));
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Get, prober, path));
    }

    [Fact]
    public async Task A_probers_credential_opens_nothing_else()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var prober = shelf.Cluster.Vault("acme", "main").IssueProbe();
        var stored = await shelf.StoreAsync(shelf.User(CredentialScope.Append), "data", ShelfHost.Bytes(100));
        var bytes = ShelfHost.Bytes(100);

        var requests = new List<(HttpMethod Method, string Path)>
        {
            (HttpMethod.Get, $"data/{stored}"),
            (HttpMethod.Get, "data/"),
            (HttpMethod.Delete, $"data/{stored}"),
            (HttpMethod.Get, "config"),
            (HttpMethod.Post, "?create=true"),
        };
        foreach (var (method, path) in requests)
            Assert.Equal(HttpStatusCode.NotFound, await shelf.StatusAsync(method, prober, path));

        Assert.Equal(HttpStatusCode.NotFound, await shelf.StatusAsync(HttpMethod.Post, prober, $"data/{ShelfHost.NameOf(bytes)}", bytes));
        Assert.Equal(HttpStatusCode.NotFound, await shelf.StatusAsync(HttpMethod.Post, prober, $"locks/{ShelfHost.NameOf(bytes)}", bytes));
        using var elsewhere = await shelf.SendToAsync(HttpMethod.Get, prober, $"acme/other/.probe/{ShelfHost.NameOf(bytes)}", null);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }

    [Fact]
    public async Task Probes_are_neither_listed_nor_counted_nor_in_the_quota()
    {
        await using var shelf = await ShelfHost.StartAsync();
        shelf.Cluster.Vault("acme", "main").QuotaBytes = 1000;
        var prober = shelf.Cluster.Vault("acme", "main").IssueProbe();
        var customer = shelf.User(CredentialScope.Append);
        await shelf.StoreAsync(customer, "data", ShelfHost.Bytes(1000));
        var bytes = ShelfHost.Bytes(60 * Kibibyte);

        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Post, prober, $".probe/{ShelfHost.NameOf(bytes)}", bytes));

        foreach (var type in (string[])["data", "index", "keys", "locks", "snapshots"])
        {
            using var list = await shelf.SendAsync(HttpMethod.Get, customer, $"{type}/");
            Assert.DoesNotContain(ShelfHost.NameOf(bytes), await list.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(shelf.Cluster.Vault("acme", "main").Usage, usage => usage.StoredBytes > 1000 || usage.StoredObjects > 1);

        // After a restart neither.
        await using var again = await ShelfHost.StartAsync(options => options.Node = "node1", CopyOf(shelf.Folder), shelf.Cluster);
        Assert.Equal(HttpStatusCode.InsufficientStorage, await again.StatusAsync(HttpMethod.Post, customer, $"data/{ShelfHost.NameOf(bytes)}", bytes));
        await Eventually.TrueAsync(() => shelf.Cluster.Vault("acme", "main").Usage.Any(usage => usage.StoredBytes == 1000), "the usage after the restart");
        Assert.DoesNotContain(shelf.Cluster.Vault("acme", "main").Usage, usage => usage.StoredBytes > 1000);
    }

    [Fact]
    public async Task A_probe_is_small_says_its_length_and_has_few_neighbours()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var prober = shelf.Cluster.Vault("acme", "main").IssueProbe();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await TryAsync((64 * Kibibyte) + 1));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await TryAsync(0));
        for (var i = 0; i < 16; i++)
            Assert.Equal(HttpStatusCode.OK, await TryAsync(64 * Kibibyte));
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(1));

        // A dead prober's leftovers go by themselves. The files bear the real clock's time.
        foreach (var path in Directory.GetFiles(Path.Combine(shelf.VaultFolder(), ".shelf", "probe")))
            File.SetLastWriteTimeUtc(path, shelf.Clock.GetUtcNow().UtcDateTime - TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.OK, await TryAsync(1));
        Assert.Single(Directory.GetFiles(Path.Combine(shelf.VaultFolder(), ".shelf", "probe")));

        async Task<HttpStatusCode> TryAsync(int count)
        {
            var bytes = ShelfHost.Bytes(count);
            return await shelf.StatusAsync(HttpMethod.Post, prober, $".probe/{ShelfHost.NameOf(bytes)}", bytes);
        }
    }

    [Fact]
    public async Task The_services_faults_are_told_from_the_customers()
    {
        using var disk = SmallDisk.Mount(32);
        await using var shelf = await ShelfHost.StartAsync(options => options.FreeReserveBytes = 4 << 20, disk.Folder);
        var vault = shelf.Cluster.Vault("acme", "main");
        var prober = vault.IssueProbe();
        Assert.Equal(HttpStatusCode.OK, await TryAsync());

        disk.Fill();
        Assert.Equal(HttpStatusCode.InsufficientStorage, await TryAsync());
        disk.Empty();
        Assert.Equal(HttpStatusCode.OK, await TryAsync());

        var incoming = Path.Combine(shelf.VaultFolder(), ".shelf", "incoming");
        SmallDisk.MakeReadOnly(incoming);
        Assert.Equal(HttpStatusCode.InternalServerError, await TryAsync());
        SmallDisk.MakeWritable(incoming);
        Assert.Equal(HttpStatusCode.OK, await TryAsync());

        vault.IsSuspended = true;
        shelf.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync());
        vault.IsSuspended = false;

        vault.Revoke(prober.KeyId);
        shelf.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync());

        async Task<HttpStatusCode> TryAsync()
        {
            var bytes = ShelfHost.Bytes(100);
            var status = await shelf.StatusAsync(HttpMethod.Post, prober, $".probe/{ShelfHost.NameOf(bytes)}", bytes);
            if (status == HttpStatusCode.OK)
                await shelf.StatusAsync(HttpMethod.Delete, prober, $".probe/{ShelfHost.NameOf(bytes)}");
            return status;
        }
    }

    private static string CopyOf(string folder)
    {
        var copy = Directory.CreateTempSubdirectory("shelf-copy-").FullName;
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith("shelf.lock", StringComparison.Ordinal)))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(path, to);
        }

        return copy;
    }
}
