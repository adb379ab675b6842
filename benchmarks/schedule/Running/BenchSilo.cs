using System.Net;
using System.Net.Sockets;
using BackupOnline.Grains;
using BackupOnline.Grains.Interfaces.Streams;
using BackupOnline.Grains.Schedules;
using BackupOnline.Persistence.Queries;
using BackupOnline.Persistence.Storage;
using BackupOnline.Schedule.Targets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace BackupOnline.Schedule.Running;

/// <summary>One silo with the product's grains, storage and reminders, and the grains that are fired.</summary>
public sealed class BenchSilo : IAsyncDisposable
{
    private readonly IHost host;

    private BenchSilo(IHost host) => this.host = host;

    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    public Starts Starts => host.Services.GetRequiredService<Starts>();

    public static async Task<BenchSilo> StartAsync(BenchDatabase database, TimeProvider clock, int? inFlight)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort(), FreePort(), serviceId: "bench", clusterId: "bench");
            silo.Services.AddSingleton(clock);
            silo.Services.AddSingleton<Starts>();
            silo.Services.AddDatabase(database.Ours);
            silo.AddRecordedStorage();
            silo.UseAdoNetReminderService(options => (options.Invariant, options.DataSource) = ("Npgsql", database.Ours));
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.AddMemoryStreams(LiveStreams.Name);
            silo.AddBackupOnlineGrains();
            silo.Services.Configure<ScheduleOptions>(options => options.InFlight = inFlight ?? options.InFlight);
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10));
        });
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
