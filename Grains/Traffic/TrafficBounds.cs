using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Grains.Requests;
using BackupOnline.Rules.Traffic;
using NodaTime;

namespace BackupOnline.Grains.Traffic;

/// <summary>What a node's report must keep; a report that does not is refused as a whole.</summary>
internal static class TrafficBounds
{
    /// <summary>Slots in one report: a week's backlog of a node, and the frame of a message.</summary>
    public const int MostSlots = 2_016;

    /// <summary>How far a node's clock may be ahead.</summary>
    public static readonly Duration Ahead = Duration.FromMinutes(5);

    /// <summary>What a line of 100 Gbit/s carries in a slot.</summary>
    public static readonly long MostBytes = TrafficSlot.BytesAt(100_000_000_000);

    /// <summary>1 to 64 characters of a-z, A-Z, 0-9, '.', '_' and '-': it stands in the raw export as it is.</summary>
    public static Refusal? Boot(string? boot) => Check.That(
        boot is { Length: >= 1 and <= 64 } && boot.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'),
        "boot-invalid", "The boot must have 1 to 64 characters of a-z, A-Z, 0-9, '.', '_' and '-'.");

    public static Refusal? Slots(IReadOnlyCollection<SlotTraffic> slots, Instant now)
    {
        if (slots.Count is 0 or > MostSlots) return Refusal.Invalid("slots-invalid", $"A report must hold 1 to {MostSlots} slots.");
        var newest = TrafficSlot.Of(now + Ahead);
        foreach (var slot in slots)
        {
            if (slot.Slot < 0) return Refusal.Invalid("slot-invalid", "A slot is the number of a 5-minute interval since 1970: 0 or more.");
            if (slot.Slot > newest)
                return Refusal.Invalid("slot-in-future", $"The slot {slot.Slot} has not begun: the newest one is {newest}. Set the node's clock, then report again.");
            if (slot.InBytes < 0 || slot.OutBytes < 0) return Refusal.Invalid("bytes-negative", $"The bytes of slot {slot.Slot} are below 0.");
            if (slot.InBytes > MostBytes || slot.OutBytes > MostBytes)
                return Refusal.Invalid("bytes-absurd", $"The bytes of slot {slot.Slot} are more than a line of 100 Gbit/s carries in 5 minutes: {MostBytes}.");
        }

        return null;
    }
}
