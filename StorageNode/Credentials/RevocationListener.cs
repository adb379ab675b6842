using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Streams;
using BackupOnline.Grains.Interfaces.Vaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;

namespace BackupOnline.StorageNode.Credentials;

/// <summary>Forgets credentials when their revocation is pushed. A hint only: without it they are forgotten after 60 s.</summary>
internal sealed partial class RevocationListener(
    IOptions<ShelfOptions> options, IServiceProvider services, KnownCredentials known, TimeProvider clock, ILogger<RevocationListener> logger) : BackgroundService
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await SubscribeAsync();
                return;
            }
            catch (Exception e)
            {
                LogNotSubscribed(e);
            }

            await Task.Delay(RetryEvery, clock, stoppingToken);
        }
    }

    private async Task SubscribeAsync()
    {
        var provider = services.GetKeyedService<IStreamProvider>(LiveStreams.Name)
            ?? throw new InvalidOperationException($"The process has no stream provider '{LiveStreams.Name}'.");
        var stream = provider.GetStream<CredentialRevoked>(StreamId.Create(CredentialRevoked.StreamNamespace, options.Value.Node));

        // Subscriptions outlive the process: one is taken up again, so that they do not pile up with each start.
        var earlier = await stream.GetAllSubscriptionHandles();
        foreach (var handle in earlier.Skip(1))
            await handle.UnsubscribeAsync();

        _ = earlier.Count == 0 ? await stream.SubscribeAsync(OnRevokedAsync) : await earlier[0].ResumeAsync(OnRevokedAsync);
    }

    private Task OnRevokedAsync(CredentialRevoked revoked, StreamSequenceToken? token)
    {
        known.Drop(new VaultKey(revoked.Tenant, revoked.Vault), revoked.KeyId);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Revocations are not pushed to this shelf yet; it forgets credentials after 60 s")]
    private partial void LogNotSubscribed(Exception e);
}
