using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Announcements;

/// <summary>The shelf's own address, known once the server listens.</summary>
internal sealed class ShelfAddress(IOptions<ShelfOptions> options, IServer server, IHostApplicationLifetime lifetime)
{
    /// <summary>As agents see it, with a slash at its end.</summary>
    public string PublicUrl => (options.Value.PublicUrl ?? Listening()).TrimEnd('/') + "/";

    public async Task ListensAsync(CancellationToken cancellation)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellation);
    }

    private string Listening()
    {
        var port = IPEndPoint.Parse(options.Value.Listen).Port;
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return addresses.FirstOrDefault(address => port != 0 && new Uri(address).Port == port)
            ?? addresses.FirstOrDefault()
            ?? $"{(options.Value.CertificatePath is null ? "http" : "https")}://{options.Value.Listen}";
    }
}
