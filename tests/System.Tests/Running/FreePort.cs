using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace BackupOnline.SystemTests.Running;

internal static class FreePort
{
    /// <summary>
    /// Below the range from which systems take the ports of outgoing connections, and below the one from which the product chooses its inner ports: what
    /// listened there once can listen there again after a kill.
    /// </summary>
    private static readonly (int First, int End) Range = (12_000, 20_000);

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>A loopback port that was free a moment ago and that this run has not given out yet, of the place's own part of the range: no other run gives it out.</summary>
    public static int Next(Place place)
    {
        var share = (Range.End - Range.First) / Place.Count;
        var first = Range.First + (place.Number * share);
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(first, first + share);
            if (Given.TryAdd(port, true) && IsFree(port))
                return port;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
