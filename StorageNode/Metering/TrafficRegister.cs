using BackupOnline.StorageNode.Shaping;

namespace BackupOnline.StorageNode.Metering;

/// <summary>The tenants that have, or lately had, a connection to this node.</summary>
internal sealed class TrafficRegister(SlotClock slots, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TenantTraffic> _tenants = new(StringComparer.Ordinal);
    private readonly string _boot = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");

    /// <summary>Names one life of the counters: fresh with each start of the process, and when the clock went back by more than what is kept.</summary>
    public string Boot(int life) => life == 0 ? _boot : $"{_boot}.{life}";

    /// <summary>A connection of the tenant begins; it ends with <see cref="TenantTraffic.Leave"/>.</summary>
    public TenantTraffic Enter(string tenant)
    {
        lock (_lock)
        {
            if (!_tenants.TryGetValue(tenant, out var traffic))
            {
                var pace = new TenantPace(clock);
                _tenants[tenant] = traffic = new(tenant, pace, new Demand(pace, clock));
            }

            traffic.Enter();
            return traffic;
        }
    }

    public IReadOnlyList<TenantTraffic> All()
    {
        lock (_lock)
            return [.. _tenants.Values];
    }

    /// <summary>Forgets who has no connection, and nothing left to tell.</summary>
    public void Sweep()
    {
        var now = slots.Now();
        lock (_lock)
        {
            foreach (var gone in _tenants.Values.Where(traffic => traffic.Connections == 0 && traffic.Slots.IsSpent(now)).ToList())
                _tenants.Remove(gone.Tenant);
        }
    }
}
