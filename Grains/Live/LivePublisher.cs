using BackupOnline.Grains.Interfaces.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace BackupOnline.Grains.Live;

/// <summary>Puts hints on the memory streams: never waited for, and a failure is logged and forgotten, because the truth is written already (decision 7c).</summary>
internal sealed partial class LivePublisher(IServiceProvider services, ILogger<LivePublisher> logger)
{
    /// <summary>Call it on a grain's turn.</summary>
    public void Publish<T>(string streamNamespace, string key, T hint) => SendAsync(streamNamespace, key, hint).Ignore();

    private async Task SendAsync<T>(string streamNamespace, string key, T hint)
    {
        try
        {
            if (services.GetKeyedService<IStreamProvider>(LiveStreams.Name) is { } live)
            {
                await live.GetStream<T>(StreamId.Create(streamNamespace, key)).OnNextAsync(hint);
            }
        }
        catch (Exception fault)
        {
            LogHintLost(fault, streamNamespace, key);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "HintLost {Namespace} {Key}: readers will learn it from the tables.")]
    private partial void LogHintLost(Exception fault, string @namespace, string key);
}
