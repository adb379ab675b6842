using System.Net;
using Microsoft.AspNetCore.Http;

namespace BackupOnline.StorageNode.Credentials;

/// <summary>Who sends: the peer, or what a trusted proxy says of it. Nobody else's X-Forwarded-For is believed.</summary>
internal sealed class ClientAddress(ShelfOptions options)
{
    private readonly HashSet<IPAddress> _proxies = [.. options.TrustedProxies.Select(IPAddress.Parse).Select(Plain)];

    public IPAddress Of(HttpContext context)
    {
        var peer = Plain(context.Connection.RemoteIpAddress ?? IPAddress.None);
        if (!_proxies.Contains(peer))
            return peer;

        // The last entry is the one that our own proxy added.
        var said = context.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim();
        return IPAddress.TryParse(said, out var client) ? Plain(client) : peer;
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
