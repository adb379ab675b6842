using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Streams;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Credentials;
using BackupOnline.StorageNode.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.TestingHost;

namespace BackupOnline.StorageNode.Tests;

/// <summary>The push of revocations, over the streams of a real silo.</summary>
public sealed class RevocationTests
{
    private static readonly VaultKey Main = new("acme", "main");

    [Fact]
    public async Task A_pushed_revocation_drops_what_was_believed_also_after_a_restart_of_the_listener()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.AddMemoryStreams(LiveStreams.Name).AddMemoryGrainStorage("PubSubStore"));
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        var services = cluster.Silos[0].ServiceProvider;

        // Twice: the second takes up the subscription that the first left behind.
        for (var start = 0; start < 2; start++)
        {
            var known = new KnownCredentials();
            using var listener = new RevocationListener(
                Options.Create(new ShelfOptions()), services, known, TimeProvider.System, NullLogger<RevocationListener>.Instance);
            await listener.StartAsync(CancellationToken.None);
            await listener.ExecuteTask!;

            var one = await PushAsync(services, known, "one");
            Assert.Null(known.Find(one));
            Assert.NotNull(known.Find(new("two", "secret")));

            await PushAsync(services, known, null);
            Assert.Null(known.Find(new("two", "secret")));
            Assert.NotNull(known.Find(new("other", "secret")));
            await listener.StopAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task Without_a_stream_provider_the_shelf_starts_and_keeps_trying()
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        using var listener = new RevocationListener(
            Options.Create(new ShelfOptions()), services, new KnownCredentials(), TimeProvider.System, NullLogger<RevocationListener>.Instance);

        await listener.StartAsync(CancellationToken.None);

        Assert.False(listener.ExecuteTask!.IsCompleted);
        await listener.StopAsync(CancellationToken.None);
    }

    private static async Task<BasicCredential> PushAsync(IServiceProvider services, KnownCredentials known, string? keyId)
    {
        var verdict = new CredentialVerdict { Standing = CredentialStanding.Good };
        known.Keep("one", new(Main, "secret", verdict, 0));
        known.Keep("two", new(Main, "secret", verdict, 0));
        known.Keep("other", new(new("acme", "other"), "secret", verdict, 0));
        var stream = services.GetRequiredKeyedService<Orleans.Streams.IStreamProvider>(LiveStreams.Name)
            .GetStream<CredentialRevoked>(StreamId.Create(CredentialRevoked.StreamNamespace, "node1"));

        await stream.OnNextAsync(new() { Tenant = "acme", Vault = "main", KeyId = keyId });

        var watched = new BasicCredential(keyId ?? "two", "secret");
        await Eventually.TrueAsync(() => known.Find(watched) is null, "the revocation arrives");
        return watched;
    }
}
