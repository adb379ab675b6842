using BackupOnline.StorageNode.Shaping;
using Microsoft.AspNetCore.Connections;

namespace BackupOnline.StorageNode.Metering;

/// <summary>The connection middleware: stands between the socket and everything above it, TLS included. HTTP requests find their connection as the feature <see cref="MeteredConnection"/>.</summary>
internal sealed class ConnectionMeter(TrafficRegister register, SlotClock slots, Shaper shaper, NodeTotals totals)
{
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var socket = connection.Transport;
        var metered = new MeteredConnection(socket, register, slots, shaper, totals);
        connection.Transport = metered;
        connection.Features.Set(metered);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = socket;
            metered.End();
        }
    }
}
