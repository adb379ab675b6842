namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>The reply to a command that yields nothing but success.</summary>
internal sealed class NbdEmptyReply(NbdWire wire, ulong cookie) : NbdReply(wire)
{
    public ValueTask ReceiveAsync(CancellationToken cancellation) => ChunksAsync(cookie, cancellation);
}
