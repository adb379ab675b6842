using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace BackupOnline.SystemTests.Running;

internal static class FreePort
{
    /// <summary>Below the range from which systems take the ports of outgoing connections: what listened there once can listen there again after a kill.</summary>
    private static readonly (int First, int End) Range = (12_000, 32_000);

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>A loopback port that was free a moment ago and that this run has not given out yet.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(Range.First, Range.End);
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
