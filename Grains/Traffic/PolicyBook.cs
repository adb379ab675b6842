using BackupOnline.Grains.Interfaces.Names;

namespace BackupOnline.Grains.Traffic;

/// <summary>The policies, as a silo knows them: asked again after a minute. A new one begins with a later month, so that nobody depends on knowing it at once.</summary>
internal sealed class PolicyBook(IGrainFactory grains, TimeProvider clock)
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    private volatile KnownPolicies? known;

    public async ValueTask<PolicyTable> ReadAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (known is { } fresh && now - fresh.At < Age && now >= fresh.At) return fresh.Table;
        var reply = await grains.Get(new TrafficOfficeKey()).PoliciesAsync(cancellation);
        var table = new PolicyTable(reply.Value!.Items);
        known = new(table, now);
        return table;
    }

    private sealed record KnownPolicies(PolicyTable Table, DateTimeOffset At);
}
