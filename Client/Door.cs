using BackupOnline.Client.Access;
using BackupOnline.Client.Audit;
using BackupOnline.Client.Availability;
using BackupOnline.Client.BackupSets;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Contracts;
using BackupOnline.Client.Dashboards;
using BackupOnline.Client.Documents;
using BackupOnline.Client.Health;
using BackupOnline.Client.Hosts;
using BackupOnline.Client.Jobs;
using BackupOnline.Client.Listening;
using BackupOnline.Client.Logging;
using BackupOnline.Client.Monitoring;
using BackupOnline.Client.Nodes;
using BackupOnline.Client.Probing;
using BackupOnline.Client.Problems;
using BackupOnline.Client.Schedules;
using BackupOnline.Client.Settings;
using BackupOnline.Client.Start;
using BackupOnline.Client.Tenants;
using BackupOnline.Client.Traffic;
using BackupOnline.Client.Vaults;
using BackupOnline.Client.VirtualMachines;
using BackupOnline.Persistence.Queries;
using Serilog;

namespace BackupOnline.Client;

/// <summary>The door's table of contents.</summary>
internal static class Door
{
    public static WebApplication Build(DoorSettings settings, DatabasePlace place, Serilog.ILogger log)
    {
        // Production always: in Development the framework would show stack traces to strangers.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production, ApplicationName = typeof(Door).Assembly.GetName().Name });
        builder.Services.AddSerilog(log);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDatabase(place.Database);
        builder.Services.AddSingleton<Readiness>();
        builder.AddListener(settings);
        builder.AddCluster(place.Database, place.Cluster);
        builder.AddProblems();
        builder.AddAccess();
        builder.AddJobs();
        builder.AddProbing(settings);
        builder.AddMonitoring();
        builder.AddPayments(settings.PaymentSecrets);
        builder.AddApiDocument();

        var app = builder.Build();
        app.UseListener(settings);
        app.UseRequestLog(log);
        app.UseMeters();
        app.UseProblems();
        app.UseAuthentication();
        app.UseAuthorization();

        app.MapHealth();
        app.MapApiDocument();
        app.MapDashboard();
        app.MapMetrics();

        var api = ApiGroups.Map(app);
        api.MapTenants();
        api.MapAcceptances();
        api.MapContracts();
        api.MapContractLedgers();
        api.MapPaymentWebhook();
        api.MapKeys();
        api.MapVaults();
        api.MapCredentials();
        api.MapVaultKeys();
        api.MapBackupSets();
        api.MapHosts();
        api.MapHostWork();
        api.MapHostMachines();
        api.MapEnrolments();
        api.MapJobs();
        api.MapAttempts();
        api.MapVirtualMachines();
        api.MapVmPoints();
        api.MapLogs();
        api.MapNodes();
        api.MapSchedules();
        api.MapTraffic();
        api.MapUsage();
        api.MapPlans();
        api.MapAvailability();
        return app;
    }
}
