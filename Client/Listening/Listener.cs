using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using BackupOnline.Client.Settings;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace BackupOnline.Client.Listening;

/// <summary>Where and how the door listens, and how much it takes from anybody.</summary>
internal static class Listener
{
    public const int LargestBodyBytes = 64 * 1024;

    public static void AddListener(this WebApplicationBuilder builder, DoorSettings settings)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            var limits = kestrel.Limits;
            limits.MaxRequestBodySize = LargestBodyBytes;
            limits.MaxRequestLineSize = 4 * 1024;
            limits.MaxRequestHeadersTotalSize = 16 * 1024;
            limits.MaxRequestHeaderCount = 50;
            limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
            limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
            limits.MaxConcurrentConnections = 2000;
            limits.Http2.MaxStreamsPerConnection = 50;
            kestrel.Listen(settings.Address, listen =>
            {
                if (!settings.TrustedProxies.IsEmpty)
                    listen.Use(next => connection => IsExpected(settings, connection.RemoteEndPoint) ? next(connection) : Task.CompletedTask);
                if (settings.Tls is { } tls)
                {
                    listen.UseHttps(https =>
                    {
                        var chain = new X509Certificate2Collection();
                        chain.ImportFromPemFile(tls.Certificate);
                        https.ServerCertificate = X509Certificate2.CreateFromPemFile(tls.Certificate, tls.Key);
                        https.ServerCertificateChain = chain;
                        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
                    });
                }
            });
        });
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in settings.TrustedProxies)
                options.KnownIPNetworks.Add(network);
        });
    }

    public static void UseListener(this WebApplication app, DoorSettings settings)
    {
        if (!settings.TrustedProxies.IsEmpty)
            app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeaders>();
    }

    /// <summary>What is in the way of listening, in words for a person; null when nothing is. Kestrel would say it with a stack trace.</summary>
    public static string? Obstacle(IPEndPoint address)
    {
        try
        {
            using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(address);
            probe.Listen();
            return null;
        }
        catch (SocketException fault)
        {
            return fault.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? $"{address} is in use by another program. Stop it, or set {DoorSettings.HttpVariable} to another port."
                : $"cannot listen on {address}: {fault.Message}. Set {DoorSettings.HttpVariable} to an address of this machine and a port that this user may open.";
        }
    }

    private static bool IsExpected(DoorSettings settings, EndPoint? peer)
    {
        if (peer is not IPEndPoint { Address: var address })
            return false;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return IPAddress.IsLoopback(address) || settings.TrustedProxies.Any(network => network.Contains(address));
    }
}
