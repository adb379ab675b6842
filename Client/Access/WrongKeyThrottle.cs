using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace BackupOnline.Client.Access;

/// <summary>
/// Bounds wrong keys per address: <see cref="Most"/> at once, then one every <see cref="Refill"/>. 256-bit secrets cannot be guessed; this bounds the work that a
/// stranger can cause. Only the address that errs is slowed, and a key that was found good lately passes even from there.
/// </summary>
internal sealed class WrongKeyThrottle(TimeProvider time)
{
    public const int Most = 10;

    public static readonly TimeSpan Refill = TimeSpan.FromSeconds(6);

    private const int MostAddresses = 10_000;

    private readonly ConcurrentDictionary<string, Tally> tallies = new(StringComparer.Ordinal);

    /// <summary>How long this address has to wait before its next unknown key is looked at; zero when it need not.</summary>
    public TimeSpan WaitFor(IPAddress? address) =>
        tallies.TryGetValue(Block(address), out var tally) && Left(tally) is { } left && IsFull(left) ? Refill * (left - (Most - 1)) : TimeSpan.Zero;

    /// <summary>Notes a wrong key; true when this is the one that fills the measure.</summary>
    public bool NoteWrong(IPAddress? address)
    {
        if (tallies.Count >= MostAddresses)
            foreach (var (block, old) in tallies)
                if (Left(old) <= 0)
                    tallies.TryRemove(block, out _);
        var now = time.GetTimestamp();
        var tally = tallies.AddOrUpdate(
            tallies.Count < MostAddresses ? Block(address) : "all others",
            _ => new(1, now),
            (_, old) => new(Math.Min(Most, Math.Max(0, Left(old)) + 1), now));
        return IsFull(tally.Wrong);
    }

    // Tallies leak all the time: the tenth wrong key within a moment makes a little less than ten.
    private static bool IsFull(double wrong) => wrong > Most - 1;

    private double Left(Tally tally) => tally.Wrong - (time.GetElapsedTime(tally.Since) / Refill);

    // A household or server owns a whole /64 of IPv6.
    private static string Block(IPAddress? address)
    {
        if (address is null)
            return "none";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes(), 0, 8) : address.ToString();
    }

    private sealed record Tally(double Wrong, long Since);
}
