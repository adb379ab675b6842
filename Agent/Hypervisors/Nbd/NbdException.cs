namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>A server that refused, broke the protocol or went away. After anything but <see cref="Refusal"/> the connection is of no more use.</summary>
internal sealed class NbdException(string message, NbdError refusal = NbdError.None, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>What the server answered to one request; None when it was not an answer that failed, but the connection.</summary>
    public NbdError Refusal { get; } = refusal;
}
