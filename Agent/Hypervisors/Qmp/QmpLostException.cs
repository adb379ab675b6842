using System.Net.Sockets;

namespace BackupOnline.Agent.Hypervisors.Qmp;

/// <summary>Nobody answers any more: the process ended, another client holds the socket, or a deadline passed.</summary>
internal sealed class QmpLostException(string message, bool silent, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>The connection stands, but nothing comes; else it is cut or was refused.</summary>
    public bool Silent { get; } = silent;

    /// <summary>There is no such socket, or nobody behind it.</summary>
    public bool NobodyListens => InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.AddressNotAvailable };
}
