using BackupOnline.StorageNode.Protocol;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace BackupOnline.StorageNode.Transport;

/// <summary>How much lies between the socket and us.</summary>
internal static class SocketBuffers
{
    // What a slowed connection may have sent ahead of its rate; two pieces are enough for full speed.
    private const int MostRead = 2 * Intake.Piece;

    // A flush ends when the socket has taken everything: what is counted as sent then was sent. Bodies are written in large pieces, so that nothing is lost by it.
    private const int MostWrite = 1;

    public static void Set(SocketTransportOptions options) => (options.MaxReadBufferSize, options.MaxWriteBufferSize) = (MostRead, MostWrite);
}
