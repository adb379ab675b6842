using System.Collections.Concurrent;
using System.Reflection;
using BackupOnline.Grains.Interfaces.Audit;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Grains.Interfaces.Vaults;

namespace BackupOnline.StorageNode.Tests.Hosting;

/// <summary>Stands for the cluster at the grain boundary only; what is asked and told there is kept for the tests to look at.</summary>
internal sealed class StubCluster
{
    private readonly ConcurrentDictionary<string, object> _grains = new();
    private readonly ConcurrentDictionary<string, StubTraffic> _traffic = new();

    public StubCluster()
    {
        Factory = DispatchProxy.Create<IGrainFactory, FactoryProxy>();
        ((FactoryProxy)(object)Factory).Cluster = this;
    }

    public IGrainFactory Factory { get; }

    /// <summary>While true every grain call fails, as when the cluster is away.</summary>
    public bool IsDown { get; set; }

    public ConcurrentQueue<(string Log, LogFact Fact)> Notes { get; } = new();

    /// <summary>Keys of every vault grain that was asked for, existing or not.</summary>
    public ConcurrentBag<string> AskedVaults { get; } = [];

    public StubVault Vault(string tenant, string vault) => (StubVault)Grain(typeof(IVaultGrain), new VaultKey(tenant, vault).ToString());

    public StubTraffic Traffic(string tenant) => _traffic.GetOrAdd(tenant, _ => new StubTraffic(this));

    public StubNode Node(string node) => (StubNode)Grain(typeof(INodeGrain), new NodeKey(node).ToString());

    public void ThrowIfDown()
    {
        if (IsDown)
            throw new TimeoutException("The cluster is away.");
    }

    private object Grain(Type type, string key) => _grains.GetOrAdd(key, _ => type switch
    {
        _ when type == typeof(IVaultGrain) => new StubVault(this, key),
        _ when type == typeof(INodeGrain) => new StubNode(this),
        _ when type == typeof(ITrafficGrain) => Traffic(TrafficKey.Parse(key).Tenant).AsGrain(),
        _ when type == typeof(IAuditLogGrain) => new StubLog(this, LogKey.Parse(key).Scope),
        _ => throw new NotSupportedException(type.Name),
    });

#pragma warning disable CA1852 // DispatchProxy derives from it.
    public class FactoryProxy : DispatchProxy
    {
        internal StubCluster Cluster { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod is not { Name: nameof(IGrainFactory.GetGrain), IsGenericMethod: true } || args?[0] is not string key)
                throw new NotSupportedException(targetMethod?.ToString());

            return Cluster.Grain(targetMethod.GetGenericArguments()[0], key);
        }
    }
#pragma warning restore CA1852

    private sealed class StubLog(StubCluster cluster, string scope) : IAuditLogGrain
    {
        public Task PokeAsync() => Task.CompletedTask;

        public Task<LogCheckpoint> DrainAsync(CancellationToken cancellation) => throw new NotSupportedException();

        public Task NoteAsync(LogFact fact, CancellationToken cancellation)
        {
            cluster.ThrowIfDown();
            cluster.Notes.Enqueue((scope, fact));
            return Task.CompletedTask;
        }
    }
}
