namespace BackupOnline.StorageNode.Metering;

/// <summary>What crossed before anybody showed a credential (headers, TLS handshake, refusals): 5 hours of slots at most, then the oldest are nobody's.</summary>
internal sealed class EarlyBytes
{
    private const int MostSlots = 60;
    private readonly List<(SlotStamp At, long In, long Out)> _slots = [];

    public long In => _slots.Sum(slot => slot.In);

    public long Out => _slots.Sum(slot => slot.Out);

    public void Add(SlotStamp at, long inBytes, long outBytes)
    {
        if (_slots.Count > 0 && _slots[^1].At == at)
        {
            _slots[^1] = (at, _slots[^1].In + inBytes, _slots[^1].Out + outBytes);
            return;
        }

        if (_slots.Count == MostSlots)
            _slots.RemoveAt(0);

        _slots.Add((at, inBytes, outBytes));
    }

    public void MoveTo(SlotLedger ledger)
    {
        foreach (var (at, inBytes, outBytes) in _slots)
            ledger.Add(at, inBytes, outBytes);

        _slots.Clear();
    }
}
