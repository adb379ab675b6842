using BackupOnline.Engine.Mounting;

namespace BackupOnline.Agent.Mounting;

/// <summary>The items that the kernel knows by number, each until it was forgotten as often as it was looked up. Thread-safe.</summary>
internal sealed class ItemTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, (MountedItem Item, ulong Lookups)> _known = [];

    public ItemTable(MountedItem root) => _known.Add(root.Number, (root, 1));

    public MountedItem? Find(ulong number)
    {
        lock (_gate)
            return _known.TryGetValue(number, out var known) ? known.Item : null;
    }

    public void LookedUp(MountedItem item)
    {
        lock (_gate)
            _known[item.Number] = (item, _known.GetValueOrDefault(item.Number).Lookups + 1);
    }

    public void Forget(ulong number, ulong lookups)
    {
        lock (_gate)
        {
            if (!_known.TryGetValue(number, out var known) || known.Item.Number == 1)
                return;
            if (known.Lookups > lookups)
                _known[number] = (known.Item, known.Lookups - lookups);
            else
                _known.Remove(number);
        }
    }
}
