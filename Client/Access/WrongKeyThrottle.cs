using System.Net;
using System.Net.Sockets;

namespace BackupOnline.Client.Access;

/// <summary>
/// Bounds wrong keys per address: <see cref="Most"/> at once, then one every <see cref="Refill"/>. 256-bit secrets cannot be guessed; this bounds the work that a
/// stranger can cause. Only the address that errs is slowed, and a key that was found good lately passes even from there. A try counts from its beginning: it
/// holds a place until it is judged, and who finds no place free waits for one, so that no number of tries at once passes the bound and no good key is refused for it.
/// </summary>
internal sealed class WrongKeyThrottle(TimeProvider time)
{
    public const int Most = 10;

    public static readonly TimeSpan Refill = TimeSpan.FromSeconds(6);

    private const int MostAddresses = 10_000;

    private readonly Lock guard = new();
    private readonly Dictionary<string, Tally> tallies = new(StringComparer.Ordinal);
    private long trimmedAt = time.GetTimestamp();

    /// <summary>
    /// Takes a place for one unknown key; each success wants one <see cref="Leave"/>. Zero when the key may be judged, else how long this address has to wait before
    /// its next unknown key is looked at.
    /// </summary>
    public async Task<TimeSpan> EnterAsync(IPAddress? address, CancellationToken callerGone)
    {
        while (true)
        {
            Task judged;
            lock (guard)
            {
                var tally = TallyOf(address);
                var left = Left(tally);
                if (IsFull(left))
                    return Refill * (left - (Most - 1));
                if (!IsFull(left + tally.UnderWay))
                {
                    tally.UnderWay++;
                    return TimeSpan.Zero;
                }
                judged = tally.Judged.Task;
            }
            await judged.WaitAsync(callerGone);
        }
    }

    /// <summary>Gives the place back; true when this was the wrong key that fills the measure.</summary>
    public bool Leave(IPAddress? address, bool wasWrong)
    {
        TaskCompletionSource waiting;
        bool fills;
        lock (guard)
        {
            var tally = TallyOf(address);
            if (wasWrong)
                (tally.Wrong, tally.Since) = (Math.Min(Most, Math.Max(0, Left(tally)) + 1), time.GetTimestamp());
            tally.UnderWay = Math.Max(0, tally.UnderWay - 1);
            fills = wasWrong && IsFull(tally.Wrong);
            waiting = tally.Judged;
            tally.Judged = NewSignal();
        }
        waiting.SetResult();
        return fills;
    }

    // Tallies leak all the time: the tenth wrong key within a moment makes a little less than ten.
    private static bool IsFull(double wrong) => wrong > Most - 1;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private double Left(Tally tally) => Math.Max(0, tally.Wrong - (time.GetElapsedTime(tally.Since) / Refill));

    private Tally TallyOf(IPAddress? address)
    {
        var block = Block(address);
        if (tallies.TryGetValue(block, out var known))
            return known;
        Trim();
        if (tallies.Count >= MostAddresses)
            block = "all others";
        if (!tallies.TryGetValue(block, out var tally))
            tallies.Add(block, tally = new() { Since = time.GetTimestamp() });
        return tally;
    }

    // At most once in a while: a flood of addresses must not make each of them cost a look at all others.
    private void Trim()
    {
        if (tallies.Count < MostAddresses || time.GetElapsedTime(trimmedAt) < Refill)
            return;
        trimmedAt = time.GetTimestamp();
        foreach (var (block, old) in tallies)
            if (old.UnderWay == 0 && Left(old) <= 0)
                tallies.Remove(block);
    }

    // A household or server owns a whole /64 of IPv6.
    private static string Block(IPAddress? address)
    {
        if (address is null)
            return "none";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes(), 0, 8) : address.ToString();
    }

    private sealed class Tally
    {
        public double Wrong { get; set; }

        public long Since { get; set; }

        public int UnderWay { get; set; }

        /// <summary>Done when a place becomes free; then a new one takes its place.</summary>
        public TaskCompletionSource Judged { get; set; } = NewSignal();
    }
}
