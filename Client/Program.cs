using BackupOnline.Client;
using BackupOnline.Client.Listening;
using BackupOnline.Client.Logging;
using BackupOnline.Client.Settings;
using BackupOnline.Client.Start;
using BackupOnline.Persistence.Connections;

var reading = SettingsReader.Read(Environment.GetEnvironmentVariable);
if (reading.Settings is not { } settings)
    return StartRefusal.Say(reading.Faults);
if (Listener.Obstacle(settings.Address) is { } obstacle)
    return StartRefusal.Say(obstacle);

try
{
    Directory.CreateDirectory(settings.DataFolder);
    await using var log = DoorLog.Open(settings);
    await using var place = await DatabaseFinder.WaitAsync(settings, TimeSpan.FromSeconds(60), TimeProvider.System, CancellationToken.None);
    await using var app = Door.Build(settings, place, log);
    await app.RunAsync();
    return 0;
}
catch (DatabaseRefusedException refused)
{
    return StartRefusal.Say(refused.Message);
}
catch (OperationCanceledException)
{
    // Stopped before it had reached a silo.
    return 0;
}
catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
{
    return StartRefusal.Say($"{fault.Message} Check {DoorSettings.DataVariable}={settings.DataFolder} and {DoorSettings.HttpVariable}={settings.Address}.");
}
