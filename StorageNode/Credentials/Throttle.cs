using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace BackupOnline.StorageNode.Credentials;

/// <summary>
/// Slows down whoever shows wrong credentials: each (address, key id) pair, and each address over all key ids. No counter is kept of a key id alone,
/// so that strangers cannot lock out its owner.
/// </summary>
internal sealed class Throttle(TimeProvider clock)
{
    private const int MostEntries = 100_000;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(30);
    private static readonly ThrottlePolicy ForPair = new(FreeTries: 3, First: TimeSpan.FromSeconds(2), Most: TimeSpan.FromMinutes(15));
    private static readonly ThrottlePolicy ForAddress = new(FreeTries: 20, First: TimeSpan.FromSeconds(1), Most: TimeSpan.FromMinutes(5));
    private readonly ConcurrentDictionary<(string Address, string KeyId), Standing> _standings = new();

    /// <summary>How long this caller has to wait before its next try is looked at; zero for not at all.</summary>
    public TimeSpan Wait(IPAddress address, string keyId)
    {
        var block = Block(address);
        var (pair, alone) = (Left((block, keyId)), Left((block, "")));
        return pair > alone ? pair : alone;
    }

    /// <summary>Counts a wrong try; gives the number of wrong tries of this pair.</summary>
    public int Strike(IPAddress address, string keyId)
    {
        Trim();
        var block = Block(address);
        Count((block, ""), ForAddress);
        return Count((block, keyId), ForPair);
    }

    /// <summary>A right credential clears the pair; the address keeps its count.</summary>
    public void Forgive(IPAddress address, string keyId) => _standings.TryRemove((Block(address), keyId), out _);

    private TimeSpan Left((string, string) key)
    {
        var left = _standings.TryGetValue(key, out var standing) ? standing.Wait - clock.GetElapsedTime(standing.Last) : TimeSpan.Zero;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private int Count((string, string) key, ThrottlePolicy policy)
    {
        var now = clock.GetTimestamp();
        return _standings.AddOrUpdate(key, _ => Next(0), (_, old) => Next(clock.GetElapsedTime(old.Last, now) > Memory ? 0 : old.Tries)).Tries;

        Standing Next(int tries) => new(tries + 1, now, policy.Wait(tries + 1));
    }

    // Bounds memory: first what is forgotten anyway, then whatever comes first.
    private void Trim()
    {
        if (_standings.Count < MostEntries)
            return;

        foreach (var (key, standing) in _standings)
        {
            if (clock.GetElapsedTime(standing.Last) > Memory)
                _standings.TryRemove(key, out _);
        }

        foreach (var key in _standings.Keys.Take(Math.Max(0, _standings.Count - (MostEntries / 2))))
            _standings.TryRemove(key, out _);
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

    private sealed record Standing(int Tries, long Last, TimeSpan Wait);
}
