using BackupOnline.Grains.Audit;
using BackupOnline.Grains.Availability;
using BackupOnline.Grains.Contracts;
using BackupOnline.Grains.Jobs;
using BackupOnline.Grains.Live;
using BackupOnline.Grains.Schedules;
using BackupOnline.Grains.Traffic;
using BackupOnline.Grains.Vaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BackupOnline.Grains;

/// <summary>What the grains need of their silo.</summary>
public static class GrainsRegistration
{
    /// <summary>
    /// Adds what the grains use and the sweep of the log. The silo itself brings: recorded storage over <c>AddDatabase</c>, reminders, and,
    /// for live hints, a stream provider named <c>live</c>; without that one the hints are not sent.
    /// </summary>
    public static ISiloBuilder AddBackupOnlineGrains(this ISiloBuilder silo)
    {
        var services = silo.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<LivePublisher>();
        services.AddSingleton<NodeChooser>();
        services.AddOptions<JobOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<JobOptions>, JobOptionsValidator>();
        services.AddOptions<ContractOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<ContractOptions>, ContractOptionsValidator>();
        services.AddOptions<AvailabilityOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<AvailabilityOptions>, AvailabilityOptionsValidator>();
        services.AddOptions<LogSweepOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<LogSweepOptions>, LogSweepOptionsValidator>();
        services.AddHostedService<LogSweep>();
        services.AddSchedules();
        services.AddSingleton<MonthSealer>();
        services.AddSingleton<PolicyBook>();
        services.AddHostedService<TrafficOfficeStart>();
        return silo;
    }
}
