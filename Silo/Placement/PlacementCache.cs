using System.Collections.Concurrent;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Persistence.Queries;
using BackupOnline.Persistence.Storage;

namespace BackupOnline.Silo.Placement;

/// <summary>Which node holds a vault, remembered for a minute (decision 24); while the database is away, for as long as that lasts.</summary>
internal sealed class PlacementCache(VaultPlacement placement, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    // About 20 MB; then it starts anew.
    private const int MostEntries = 100_000;

    private readonly ConcurrentDictionary<VaultKey, (string Node, long ReadAt)> _known = new();

    /// <summary>The node's name, or null when it is not known: any silo will do.</summary>
    public async Task<string?> NodeOfAsync(VaultKey vault)
    {
        var remembered = _known.TryGetValue(vault, out var entry);
        if (remembered && time.GetElapsedTime(entry.ReadAt) < Fresh)
            return entry.Node;
        try
        {
            if (await placement.NodeOfAsync(vault, CancellationToken.None) is not { } node)
                return null;
            if (_known.Count > MostEntries)
                _known.Clear();
            _known[vault] = (node, time.GetTimestamp());
            return node;
        }
        catch (Exception fault) when (DatabaseFault.IsFromDatabase(fault))
        {
            return remembered ? entry.Node : null;
        }
    }
}
