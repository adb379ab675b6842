using System.Net;
using BackupOnline.Client.Cluster;
using BackupOnline.Grains.Interfaces.Audit;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Persistence.Storage;

namespace BackupOnline.Client.Access;

/// <summary>Puts throttled addresses into the provider's log, at most once per address and hour; the fact's id makes it so.</summary>
internal sealed partial class StrangerLog(ClusterCalls cluster, TimeProvider time, ILogger<StrangerLog> log)
{
    public async Task NoteThrottledAsync(IPAddress? address, CancellationToken callerGone)
    {
        var text = address?.ToString() ?? "unknown";
        LogThrottled(text);
        var fact = new LogFact
        {
            Id = $"key.throttled/{text}/{time.GetUtcNow():yyyyMMddHH}",
            Event = "key.throttled",
            Actor = "stranger",
            Subject = "door",
            Address = text,
        };
        try
        {
            await cluster.AskAsync(grains => NoteAsync(grains, fact), callerGone);
        }
        catch (Exception fault) when (fault is ClusterUnavailableException or StorageUnavailableException)
        {
            // The stranger is refused all the same, and the door's own log has it.
            LogNotNoted(fault.Message);
        }
    }

    private static async Task<bool> NoteAsync(IGrainFactory grains, LogFact fact)
    {
        await grains.Get(new LogKey(LogKey.Provider)).NoteAsync(fact, CancellationToken.None);
        return true;
    }

    [LoggerMessage(EventId = 1201, Level = LogLevel.Warning, Message = "Address throttled: too many wrong keys from {Address}")]
    private partial void LogThrottled(string address);

    [LoggerMessage(EventId = 1202, Level = LogLevel.Warning, Message = "Throttling not in the log: {Reason}")]
    private partial void LogNotNoted(string reason);
}
