namespace BackupOnline.StorageNode.Metering;

/// <summary>Where bytes are counted: the 5-minute slot, and the life of the counters, which begins anew when the clock goes back by more than a day.</summary>
internal readonly record struct SlotStamp(int Life, long Slot) : IComparable<SlotStamp>
{
    public int CompareTo(SlotStamp other) => Life != other.Life ? Life.CompareTo(other.Life) : Slot.CompareTo(other.Slot);
}
