using System.Net;
using System.Net.Sockets;

namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>Where an export is served.</summary>
internal sealed record NbdAddress(EndPoint EndPoint, string Export)
{
    public static NbdAddress Unix(string socket, string export) => new(new UnixDomainSocketEndPoint(socket), export);

    /// <summary>A connected socket of the right kind.</summary>
    public async Task<Socket> DialAsync(CancellationToken cancellation)
    {
        var socket = EndPoint is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(EndPoint, cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
