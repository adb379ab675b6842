using BackupOnline.StorageNode.Announcements;
using BackupOnline.StorageNode.Credentials;
using BackupOnline.StorageNode.Disks;
using BackupOnline.StorageNode.Keys;
using BackupOnline.StorageNode.Metering;
using BackupOnline.StorageNode.Probing;
using BackupOnline.StorageNode.Protocol;
using BackupOnline.StorageNode.Shaping;
using BackupOnline.StorageNode.Transport;
using BackupOnline.StorageNode.Vaults;
using BackupOnline.StorageNode.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode;

/// <summary>How a process hosts the shelf: <c>services.AddShelf(...)</c>, <c>kestrel.ConfigureShelfKestrel()</c>, <c>app.MapShelf()</c>. The process supplies the IGrainFactory.</summary>
public static class ShelfHosting
{
    public static IServiceCollection AddShelf(this IServiceCollection services, IConfiguration configuration) =>
        services.AddShelf(options => configuration.GetSection(ShelfOptions.Section).Bind(options));

    public static IServiceCollection AddShelf(this IServiceCollection services, Action<ShelfOptions> configure)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<ShelfOptions>, ShelfOptionsValidator>();
        services.AddOptions<ShelfOptions>().Configure(configure).ValidateOnStart();
        services.AddSingleton<IMemoryPoolFactory<byte>, BigBlockPoolFactory>();
        services.Configure<SocketTransportOptions>(SocketBuffers.Set);

        // First of all hosted services: nothing touches the folder before it is ours alone.
        services.AddHostedService<NodeFolder>();
        services.AddSingleton<DiskCrew>().AddSingleton<DiskSpace>().AddSingleton<VaultRegister>();
        services.AddSingleton<KnownCredentials>().AddSingleton<Throttle>().AddSingleton<Gate>().AddSingleton<SecurityNotes>();
        services.AddSingleton<Upload>().AddSingleton<Download>().AddSingleton<Listing>().AddSingleton<Deletion>().AddSingleton<ProbeAnswer>().AddSingleton<ShelfEndpoint>();
        services.AddSingleton<SlotClock>().AddSingleton<TrafficRegister>().AddSingleton<NodeTotals>().AddSingleton<ConnectionMeter>();
        services.AddSingleton<NodeLink>().AddSingleton<Shaper>();
        services.AddSingleton<News>().AddSingleton<ShelfAddress>();
        services.AddHostedService(provider => provider.GetRequiredService<SecurityNotes>());
        services.AddHostedService<RevocationListener>();
        services.AddHostedService<NodeTeller>();
        services.AddHostedService<UsageTeller>();
        services.AddHostedService<SnapshotTeller>();
        services.AddHostedService<Reaper>();
        services.AddSingleton<TrafficTeller>();
        services.AddHostedService(provider => provider.GetRequiredService<TrafficTeller>());
        services.AddHostedService<ShareAsker>();
        services.AddSingleton<MasterKeyFile>().AddSingleton<KeyService>().AddSingleton<HotVaults>();
        services.AddSingleton<INodeWork, KeyWork>().AddSingleton<INodeWork, PruneWork>();
        services.AddHostedService<NodeWorker>();
        return services;
    }

    /// <summary>Maps <c>/{tenant}/{vault}/</c> and everything below it. Literal routes of the process (health, metrics) win over it.</summary>
    public static IEndpointConventionBuilder MapShelf(this IEndpointRouteBuilder endpoints)
    {
        var shelf = endpoints.ServiceProvider.GetRequiredService<ShelfEndpoint>();
        return endpoints.Map("/{tenant}/{vault}/{**rest}", shelf.AnswerAsync);
    }
}
