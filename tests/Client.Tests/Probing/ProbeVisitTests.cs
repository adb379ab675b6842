using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Probing;
using BackupOnline.Grains.Interfaces.Availability;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Persistence.Availability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BackupOnline.Client.Tests.Probing;

/// <summary>Each way in which a probe can end, against a real server that behaves badly; only the vault's grain is a stand-in.</summary>
public sealed class ProbeVisitTests
{
    private static readonly DateTimeOffset Minute = new(2026, 11, 1, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("good", ProbeOutcome.Good)]
    [InlineData("other", ProbeOutcome.WrongBytes)]
    [InlineData("long", ProbeOutcome.WrongBytes)]
    [InlineData("500", ProbeOutcome.Status)]
    [InlineData("404", ProbeOutcome.Status)]
    [InlineData("507", ProbeOutcome.DiskFull)]
    [InlineData("403", ProbeOutcome.Suspended)]
    [InlineData("401", ProbeOutcome.Credential)]
    [InlineData("hang", ProbeOutcome.Timeout)]
    [InlineData("cut", ProbeOutcome.Connect)]
    [InlineData("undeleted", ProbeOutcome.Status)]
    public async Task A_probe_ends_as_the_shelf_behaves(string behaviour, ProbeOutcome expected)
    {
        await using var shelf = await BadShelf.StartAsync(behaviour, tls: false);

        var result = await VisitAsync(shelf.Url);

        Assert.Equal(expected, result.Outcome);
        Assert.Equal(("main", Minute), (result.Vault, result.Minute));
        Assert.Equal(expected is ProbeOutcome.Good or ProbeOutcome.Suspended, result.Detail is null);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_a_fault_of_tls()
    {
        await using var shelf = await BadShelf.StartAsync("good", tls: true);

        Assert.Equal(ProbeOutcome.Tls, (await VisitAsync(shelf.Url)).Outcome);
    }

    [Fact]
    public async Task Nobody_at_the_address_or_no_address_is_a_fault_of_the_connection()
    {
        var shelf = await BadShelf.StartAsync("good", tls: false);
        await shelf.DisposeAsync();

        Assert.Equal(ProbeOutcome.Connect, (await VisitAsync(shelf.Url)).Outcome);
        Assert.Equal(ProbeOutcome.Connect, (await VisitAsync(null)).Outcome);
    }

    [Fact]
    public async Task Without_a_credential_the_fault_is_the_services_own()
    {
        await using var shelf = await BadShelf.StartAsync("good", tls: false);

        Assert.Equal(ProbeOutcome.Credential, (await VisitAsync(shelf.Url, refuse: true)).Outcome);
    }

    private static async Task<ProbeResult> VisitAsync(string? url, bool refuse = false)
    {
        var options = Options.Create(new ProbeOptions { Timeout = TimeSpan.FromSeconds(2) });
        var services = new ServiceCollection();
        services.AddHttpClient(ProbeVisit.Client, client => client.Timeout = Timeout.InfiniteTimeSpan);
        await using var provider = services.BuildServiceProvider();
        var factory = DispatchProxy.Create<IGrainFactory, GrainProxy>();
        ((GrainProxy)(object)factory).Refuse = refuse;
        var calls = new ClusterCalls(factory, new Started(), TimeProvider.System, NullLogger<ClusterCalls>.Instance);
        var visit = new ProbeVisit(new ProbeCredentials(calls, options, TimeProvider.System), provider.GetRequiredService<IHttpClientFactory>(), options, TimeProvider.System);
        return await visit.RunAsync(new ProbeTarget(new("acme", "main"), "node1", url), Minute, default);
    }

#pragma warning disable CA1852 // DispatchProxy derives from it.
    public class GrainProxy : DispatchProxy
    {
        internal bool Refuse { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(IGrainFactory.GetGrain))
            {
                var vault = Create<IVaultGrain, GrainProxy>();
                ((GrainProxy)(object)vault).Refuse = Refuse;
                return vault;
            }

            var request = (IssueProbeCredential)args![0]!;
            return Task.FromResult<Reply<ProbeCredentialView>>(
                Refuse ? Refusal.NotFound("vault-not-found", "None.") : Reply<ProbeCredentialView>.Done(new() { KeyId = request.KeyId, ExpiresAt = DateTimeOffset.MaxValue }));
        }
    }
#pragma warning restore CA1852

    private sealed class Started : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => new(true);

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication()
        {
        }
    }

    private sealed class BadShelf(WebApplication app, string url) : IAsyncDisposable
    {
        public string Url { get; } = url;

        public static async Task<BadShelf> StartAsync(string behaviour, bool tls)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
            builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                if (tls) listen.UseHttps(SelfSigned());
            }));
            var app = builder.Build();
            byte[] written = [];
            app.Map("/acme/main/.probe/{name}", async context =>
            {
                switch (context.Request.Method, behaviour)
                {
                    case (_, "hang"):
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
                        break;
                    case (_, "cut"):
                        context.Abort();
                        break;
                    case ("DELETE", "undeleted"):
                        context.Response.StatusCode = 500;
                        break;
                    case (_, { Length: 3 } status):
                        context.Response.StatusCode = int.Parse(status, System.Globalization.CultureInfo.InvariantCulture);
                        break;
                    case ("POST", _):
                        var body = new MemoryStream();
                        await context.Request.Body.CopyToAsync(body);
                        written = body.ToArray();
                        break;
                    case ("GET", _):
                        var answer = behaviour switch { "other" => [.. written[..^1], (byte)(written[^1] ^ 1)], "long" => [.. written, 0], _ => written };
                        await context.Response.Body.WriteAsync(answer);
                        break;
                    default:
                        break;
                }
            });
            await app.StartAsync();
            return new(app, app.Urls.First());
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private static X509Certificate2 SelfSigned()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, new(2040, 1, 1, 0, 0, 0, TimeSpan.Zero));
        }
    }
}
