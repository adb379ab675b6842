using BackupOnline.Client.Settings;
using BackupOnline.Grains.Interfaces.Availability;
using Microsoft.Extensions.Options;

namespace BackupOnline.Client.Probing;

internal static class ProbingRegistration
{
    public static void AddProbing(this WebApplicationBuilder builder, DoorSettings settings)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<ProbeOptions>, ProbeOptionsValidator>();
        services.AddOptions<ProbeOptions>().ValidateOnStart().Configure(options =>
        {
            options.Enabled = settings.Probes;
            options.Name = NameOf(settings);
            options.Period = settings.ProbePeriod;
            options.Timeout = settings.ProbeTimeout;
        });
        if (!settings.Probes)
            return;
        services.AddHttpClient(ProbeVisit.Client, client => client.Timeout = Timeout.InfiniteTimeSpan).RemoveAllLoggers().SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider => Handler(provider.GetRequiredService<IOptions<ProbeOptions>>().Value));
        services.AddSingleton<ProbeCredentials>().AddSingleton<ProbeVisit>().AddSingleton<ProbeOutbox>().AddSingleton<ProbeTargetList>();

        // Stopped in reverse order: the teller tells last.
        services.AddHostedService<ProbeTeller>();
        services.AddHostedService<Prober>();
    }

    // The same after a restart, another for each door.
    private static string NameOf(DoorSettings settings) => $"door-{ProbeShard.Hash($"{Environment.MachineName}|{settings.DataFolder}|{settings.Address}"):x16}";

    // Idle connections go before the next round, so that each round sees whether the node still takes new ones.
    private static SocketsHttpHandler Handler(ProbeOptions options) => new()
    {
        ConnectTimeout = options.Timeout / 2,
        PooledConnectionIdleTimeout = options.Period / 4,
        PooledConnectionLifetime = options.Period,
        MaxConnectionsPerServer = options.MostPerNode,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    };
}
