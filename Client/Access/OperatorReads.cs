using System.Collections.Concurrent;
using System.Globalization;
using BackupOnline.Client.Cluster;
using BackupOnline.Grains.Interfaces.Audit;
using BackupOnline.Grains.Interfaces.Names;

namespace BackupOnline.Client.Access;

/// <summary>
/// Contract article 6: every operator access to a tenant's data is in that tenant's own log. Changes carry their actor; this notes reads, once per key, tenant,
/// kind of resource and hour, and before anything is shown: without the note there is no answer.
/// </summary>
internal sealed class OperatorReads(ClusterCalls cluster, TimeProvider time)
{
    private const int MostRemembered = 50_000;

    private readonly ConcurrentDictionary<string, byte> noted = new(StringComparer.Ordinal);

    /// <param name="visitor">Notes operators only; others read what is theirs.</param>
    /// <param name="scope">The log: a tenant, or the provider's.</param>
    /// <param name="kind">What is read: <c>vaults</c>, <c>jobs</c>.</param>
    /// <param name="address">Where from.</param>
    /// <param name="callerGone">Stops waiting.</param>
    public async Task NoteAsync(Visitor visitor, string scope, string kind, string? address, CancellationToken callerGone)
    {
        if (!visitor.IsOperator)
            return;
        var hour = time.GetUtcNow().ToString("yyyyMMddHH", CultureInfo.InvariantCulture);
        var id = $"operator.read/{visitor.Name}/{kind}/{hour}";
        if (noted.ContainsKey($"{scope}/{id}"))
            return;
        var fact = new LogFact { Id = id, Event = "operator.read", Actor = visitor.Actor, Subject = $"{kind}/{scope}", Address = address };
        await cluster.AskAsync(async grains =>
        {
            await grains.Get(new LogKey(scope)).NoteAsync(fact, CancellationToken.None);
            return true;
        }, callerGone);
        if (noted.Count >= MostRemembered)
            noted.Clear();
        noted.TryAdd($"{scope}/{id}", 0);
    }
}
