using System.Diagnostics.Metrics;

namespace BackupOnline.StorageNode.Metering;

/// <summary>Every byte of the node's own sockets, whoever's it was, also of nobody and of probes: for the operator's graphs, not for any bill.</summary>
internal sealed class NodeTotals
{
    public const string MeterName = "BackupOnline.Shelf";

    private long _in;
    private long _out;

    public NodeTotals(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableCounter("backuponline.shelf.received", () => InBytes, "By", "Bytes received on the shelf's sockets, below TLS");
        meter.CreateObservableCounter("backuponline.shelf.sent", () => OutBytes, "By", "Bytes sent on the shelf's sockets, below TLS");
    }

    public long InBytes => Volatile.Read(ref _in);

    public long OutBytes => Volatile.Read(ref _out);

    public void AddIn(long bytes) => Interlocked.Add(ref _in, bytes);

    public void AddOut(long bytes) => Interlocked.Add(ref _out, bytes);
}
