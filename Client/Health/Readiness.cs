using BackupOnline.Client.Cluster;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Persistence.Storage;
using Npgsql;

namespace BackupOnline.Client.Health;

/// <summary>
/// Whether the door can do its work: it asks for what every request needs, a judged key, which takes a silo and its storage, and a row from the database.
/// Asked by strangers, so one answer serves everybody for a second.
/// </summary>
internal sealed class Readiness(ClusterCalls cluster, NpgsqlDataSource database, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);
    private static readonly string NoSecret = new('0', 64);

    private readonly Lock guard = new();
    private Task<string?> last = Task.FromResult<string?>("cluster-unavailable");
    private long askedAt = long.MinValue;

    public async Task<IResult> AnswerAsync()
    {
        Task<string?> asked;
        lock (guard)
        {
            if (askedAt == long.MinValue || (last.IsCompleted && time.GetElapsedTime(askedAt) > Freshness))
            {
                askedAt = time.GetTimestamp();
                last = FaultAsync();
            }
            asked = last;
        }
        return await asked switch
        {
            null => TypedResults.Ok(new HealthView("ready")),
            "storage-unavailable" => Problem.Later(503, "storage-unavailable", "The service's database cannot be reached just now.", RetryAfter),
            var code => Problem.Later(503, code, "No silo can be reached just now. The door keeps trying.", RetryAfter),
        };
    }

    private async Task<string?> FaultAsync()
    {
        try
        {
            await using var command = database.CreateCommand("select 1");
            await command.ExecuteScalarAsync().WaitAsync(Patience, time);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            return "storage-unavailable";
        }
        try
        {
            await cluster.AskAsync(grains => grains.Get(new KeyringKey(KeyringKey.Operators)).AuthenticateAsync("none", NoSecret, CancellationToken.None), CancellationToken.None)
                .WaitAsync(Patience, time);
            return null;
        }
        catch (StorageUnavailableException)
        {
            return "storage-unavailable";
        }
        catch (Exception fault) when (fault is ClusterUnavailableException or TimeoutException)
        {
            return "cluster-unavailable";
        }
    }
}
