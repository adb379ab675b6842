using System.Net;
using System.Net.Sockets;

namespace BackupOnline.StorageNode.Credentials;

/// <summary>
/// Slows down whoever shows wrong credentials: each (address, key id) pair, and each address over all key ids. No counter is kept of a key id alone,
/// so that strangers cannot lock out its owner. A try counts from its beginning: it holds a place until it is judged, and who finds no place free waits for one,
/// so that no number of tries at once passes the bound, and good credentials that come together are not refused for each other.
/// </summary>
internal sealed class Throttle(TimeProvider clock)
{
    private const int MostEntries = 100_000;
    private const string AnyKey = "";
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(30);
    private static readonly ThrottlePolicy ForPair = new(FreeTries: 3, First: TimeSpan.FromSeconds(2), Most: TimeSpan.FromMinutes(15));
    private static readonly ThrottlePolicy ForAddress = new(FreeTries: 20, First: TimeSpan.FromSeconds(1), Most: TimeSpan.FromMinutes(5));
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Address, string KeyId), Standing> _standings = [];

    /// <summary>
    /// Takes a place for one try; each success wants one <see cref="Leave"/>. Zero when the credential may be judged, else how long this caller has to wait before
    /// its next try is looked at.
    /// </summary>
    public async Task<TimeSpan> EnterAsync(IPAddress address, string keyId, CancellationToken callerGone)
    {
        var block = Block(address);
        while (true)
        {
            Task judged;
            lock (_lock)
            {
                Trim();
                var (pair, all) = (StandingOf((block, keyId), ForPair), StandingOf((block, AnyKey), ForAddress));
                var wait = TimeSpan.FromTicks(Math.Max(Left(pair).Ticks, Left(all).Ticks));
                if (wait > TimeSpan.Zero)
                    return wait;
                if (HasRoom(pair) && HasRoom(all))
                {
                    pair.UnderWay++;
                    all.UnderWay++;
                    return TimeSpan.Zero;
                }

                all.Waiting ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                judged = all.Waiting.Task;
            }

            await judged.WaitAsync(callerGone);
        }
    }

    /// <summary>Gives the place back, after the try was counted or forgiven.</summary>
    public void Leave(IPAddress address, string keyId)
    {
        var block = Block(address);
        TaskCompletionSource? waiting;
        lock (_lock)
        {
            var all = StandingOf((block, AnyKey), ForAddress);
            (waiting, all.Waiting) = (all.Waiting, null);
            Release((block, keyId), ForPair);
            Release((block, AnyKey), ForAddress);
        }

        waiting?.SetResult();
    }

    /// <summary>Counts a wrong try; gives the number of wrong tries of this pair.</summary>
    public int Strike(IPAddress address, string keyId)
    {
        var block = Block(address);
        lock (_lock)
        {
            Count(StandingOf((block, AnyKey), ForAddress));
            return Count(StandingOf((block, keyId), ForPair));
        }
    }

    /// <summary>A right credential clears the pair; the address keeps its count.</summary>
    public void Forgive(IPAddress address, string keyId)
    {
        lock (_lock)
        {
            if (_standings.TryGetValue((Block(address), keyId), out var pair))
                pair.Tries = 0;
        }
    }

    private Standing StandingOf((string, string) key, ThrottlePolicy policy)
    {
        if (!_standings.TryGetValue(key, out var standing))
            _standings.Add(key, standing = new(policy));
        return standing;
    }

    private TimeSpan Left(Standing standing)
    {
        var left = standing.Policy.Wait(standing.Tries) - clock.GetElapsedTime(standing.Last);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    // As many at once as would be looked at one after another without a wait.
    private bool HasRoom(Standing standing) => standing.UnderWay < Math.Max(1, standing.Policy.FreeTries - (IsForgotten(standing) ? 0 : standing.Tries));

    private bool IsForgotten(Standing standing) => clock.GetElapsedTime(standing.Last) > Memory;

    private int Count(Standing standing)
    {
        standing.Tries = (IsForgotten(standing) ? 0 : standing.Tries) + 1;
        standing.Last = clock.GetTimestamp();
        return standing.Tries;
    }

    private void Release((string, string) key, ThrottlePolicy policy)
    {
        var standing = StandingOf(key, policy);
        standing.UnderWay = Math.Max(0, standing.UnderWay - 1);
        if (standing is { UnderWay: 0, Tries: 0 })
            _standings.Remove(key);
    }

    // Bounds memory: first what is forgotten anyway, then whatever comes first; what holds a place or is waited for stays.
    private void Trim()
    {
        if (_standings.Count < MostEntries)
            return;

        foreach (var (key, standing) in _standings)
        {
            if (standing.IsIdle && IsForgotten(standing))
                _standings.Remove(key);
        }

        foreach (var (key, standing) in _standings)
        {
            if (_standings.Count <= MostEntries / 2)
                return;
            if (standing.IsIdle)
                _standings.Remove(key);
        }
    }

    // One customer of an IPv6 network commands a whole /64.
    private static string Block(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes).ToString();
    }

    private sealed class Standing(ThrottlePolicy policy)
    {
        public ThrottlePolicy Policy { get; } = policy;

        public int Tries { get; set; }

        public long Last { get; set; }

        public int UnderWay { get; set; }

        /// <summary>Of an address: done when one of its tries is judged; null when nobody waits.</summary>
        public TaskCompletionSource? Waiting { get; set; }

        public bool IsIdle => UnderWay == 0 && Waiting is null;
    }
}
