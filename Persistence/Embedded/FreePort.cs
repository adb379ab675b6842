using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace BackupOnline.Persistence.Embedded;

/// <summary>Ports on loopback that nobody uses (decision 14).</summary>
public static class FreePort
{
    // Below the range that outgoing connections take from, so that a remembered port is seldom taken at the next start.
    private const int First = 20_000;
    private const int End = 32_000;
    private const int Tries = 200;

    public static int Choose()
    {
        for (var i = 0; i < Tries; i++)
        {
            var port = RandomNumberGenerator.GetInt32(First, End);
            if (IsFree(port))
                return port;
        }

        throw new IOException($"No free port found between {First} and {End} on 127.0.0.1.");
    }

    public static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
