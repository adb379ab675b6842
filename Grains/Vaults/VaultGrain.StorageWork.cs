using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Vaults;

/// <summary>
/// What a hot vault wants of the worker of its storage node. The wish is written first and queued after it, at least once: by whoever caused it, or else
/// by a timer, also of a later activation. The worker then asks for the whole order, so a wish that is queued twice is worked on once.
/// </summary>
internal sealed partial class VaultGrain
{
    /// <summary>After a failure to ask.</summary>
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(10);

    private IGrainTimer? asker;

    private Caller Worker => new() { Operation = "work", Actor = $"node:{State.Node}" };

    private IEnumerable<NodeWorkKind> WorkWanted()
    {
        if (State.Hot && (State.KeyReadyAt is null || State.SealsWanted.Count > 0)) yield return NodeWorkKind.Keys;
        if (State.PruneWanted) yield return NodeWorkKind.Prune;
    }

    private async Task AskStorageAsync()
    {
        try
        {
            foreach (var kind in WorkWanted().ToList())
            {
                var request = new EnqueueNodeWork
                {
                    Caller = new() { Operation = "work", Actor = "silo" },
                    Item = new() { Kind = kind, Tenant = Key.Tenant, Vault = Key.Vault },
                };
                var reply = await GrainFactory.Get(new NodeKey(State.Node)).EnqueueWorkAsync(request, CancellationToken.None);
                if (reply.Succeeded) continue;
                LogStorageNotAsked(null, Key, State.Node);
                AskSoon(AskAgainAfter);
            }
        }
        catch (Exception fault)
        {
            LogStorageNotAsked(fault, Key, State.Node);
            AskSoon(AskAgainAfter);
        }
    }

    private void AskSoon(TimeSpan due)
    {
        asker ??= this.RegisterGrainTimer(
            _ => AskStorageAsync(), new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        asker.Change(due, Timeout.InfiniteTimeSpan);
    }
}
