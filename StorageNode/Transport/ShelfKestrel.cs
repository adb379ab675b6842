using System.Net;
using System.Security.Cryptography.X509Certificates;
using BackupOnline.StorageNode.Metering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Transport;

/// <summary>Kestrel as a shelf needs it: bounded in every direction, lenient with slow lines.</summary>
public static class ShelfKestrel
{
    /// <summary>Sets limits and listens on <see cref="ShelfOptions.Listen"/>. Call it from <c>builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureShelfKestrel())</c>.</summary>
    public static void ConfigureShelfKestrel(this KestrelServerOptions kestrel)
    {
        // Throws OptionsValidationException, before any port is open, when the shelf would be unsafe.
        var options = kestrel.ApplicationServices.GetRequiredService<IOptions<ShelfOptions>>().Value;
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        Limit(kestrel.Limits, options);
        var meter = kestrel.ApplicationServices.GetRequiredService<ConnectionMeter>();
        kestrel.Listen(IPEndPoint.Parse(options.Listen), listen =>
        {
            // Before TLS: what is counted is what crosses the socket.
            listen.Use(next => connection => meter.RunAsync(connection, next));
            if (options.CertificatePath is { } path)
                listen.UseHttps(Certificate(path, options.CertificateKeyPath), https => https.SslProtocols = System.Security.Authentication.SslProtocols.Tls12 | System.Security.Authentication.SslProtocols.Tls13);
        });
    }

    private static void Limit(KestrelServerLimits limits, ShelfOptions options)
    {
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxRequestHeaderCount = 50;
        limits.MaxRequestHeadersTotalSize = 16 << 10;
        limits.MaxRequestLineSize = 4 << 10;
        limits.RequestHeadersTimeout = options.HeaderTime;
        // Between restic's requests of one run; longer than its pauses while it packs.
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(3);
        // Each upload sets the limit of its own object type; this one holds for whatever is not an upload.
        limits.MaxRequestBodySize = 64 << 10;
        limits.MinRequestBodyDataRate = new(options.MinBodyBytesPerSecond, options.IdleBody);
        limits.MinResponseDataRate = new(options.MinBodyBytesPerSecond, options.IdleBody);
        limits.Http2.InitialConnectionWindowSize = 8 << 20;
        limits.Http2.InitialStreamWindowSize = 2 << 20;
        limits.Http2.MaxStreamsPerConnection = 100;
    }

    private static X509Certificate2 Certificate(string path, string? key) =>
        Path.GetExtension(path) is ".pfx" or ".p12"
            ? X509CertificateLoader.LoadPkcs12FromFile(path, null)
            : X509Certificate2.CreateFromPemFile(path, key);
}
