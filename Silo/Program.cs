using BackupOnline.Persistence.Embedded;
using BackupOnline.Persistence.Queries;
using BackupOnline.Silo;
using BackupOnline.Silo.Access;
using BackupOnline.Silo.Cluster;
using BackupOnline.Silo.Database;
using BackupOnline.Silo.Health;
using BackupOnline.Silo.Logs;
using BackupOnline.Silo.Monitoring;
using BackupOnline.Silo.Settings;

// The silo: memory (grains) and shelf of one machine. See design decisions 5 and 13 to 15.
SiloSettings? settings = null;
using var interrupted = new StopSignals();
try
{
    var builder = WebApplication.CreateBuilder(args);
    settings = SettingsReader.Read(builder.Configuration);
    PrivateFile.MakeFolder(settings.Run);
    using var node = await NodeLock.TakeAsync(settings, TimeProvider.System, interrupted.Token);
    await using var database = await DatabaseSession.OpenAsync(settings, TimeProvider.System, interrupted.Token);

    builder.AddLogs(settings);
    builder.Services.AddSingleton(settings);
    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddDatabase(database.Source);
    builder.AddCluster(settings, database);
    builder.AddShelf(settings);
    builder.AddMonitoring();
    builder.Services.AddHostedService<FirstOperatorKey>();
    if (database.Embedded is { } embedded)
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<DatabaseKeeper>(services, embedded));
    builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));

    await using var app = builder.Build();
    app.UseMeters();
    app.MapHealth();
    app.MapShelf(settings);
    app.AnnounceWhenStarted(settings, database);
    await app.StartOrStopAsync(interrupted.Token);
    await app.WaitForShutdownAsync(interrupted.Token);
    return 0;
}
catch (OperationCanceledException) when (interrupted.Token.IsCancellationRequested)
{
    return 0;
}
catch (Exception fault)
{
    await Console.Error.WriteLineAsync(StartFault.Explain(fault, settings));
    return 1;
}
