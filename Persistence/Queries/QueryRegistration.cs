using BackupOnline.Persistence.Availability;
using BackupOnline.Persistence.Log;
using BackupOnline.Persistence.Schedules;
using BackupOnline.Persistence.Traffic;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace BackupOnline.Persistence.Queries;

/// <summary>Registration of everything here that reads or writes rows without a grain.</summary>
public static class QueryRegistration
{
    /// <summary>One pool for the process, and the readers and writers over it.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, NpgsqlDataSource database)
    {
        services.AddSingleton(database);
        services.AddSingleton<Listings>();
        services.AddSingleton<ArrivalLedger>();
        services.AddSingleton<VaultPlacement>();
        services.AddSingleton<ServiceFigures>();
        services.AddSingleton<OutboxReader>();
        services.AddSingleton<OutboxWriter>();
        services.AddSingleton<AuditLogReader>();
        services.AddSingleton<AuditLogWriter>();
        services.AddSingleton<ScheduleClaims>();
        services.AddSingleton<ScheduleListing>();
        services.AddSingleton<SlotPartitions>();
        services.AddSingleton<TrafficSamples>();
        services.AddSingleton<SealedMonths>();
        services.AddSingleton<Corrections>();
        services.AddSingleton<ProbeLedger>().AddSingleton<ProbeTargets>().AddSingleton<SealedAvailability>().AddSingleton<TroubledVaults>();
        return services;
    }
}
