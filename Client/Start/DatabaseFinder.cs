using BackupOnline.Client.Settings;
using BackupOnline.Persistence.Connections;
using BackupOnline.Persistence.Embedded;
using Npgsql;

namespace BackupOnline.Client.Start;

/// <summary>Waits until a silo has made the database ready: the private one by its file (decision 13), any one by its migration.</summary>
internal static class DatabaseFinder
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <exception cref="DatabaseRefusedException">Not ready in time; the message says what to do.</exception>
    public static async Task<DatabasePlace> WaitAsync(DoorSettings settings, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        var since = time.GetTimestamp();
        var connection = settings.Database is { } given
            ? Databases.AsApplication(given)
            : await DatabaseLocator.WaitAsync(settings.DataFolder, patience, time, cancellation);
        var database = Databases.CreateDataSource(connection);
        while (true)
        {
            try
            {
                return new(database, await ClusterIdentity.ReadAsync(database, cancellation));
            }
            catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException)
            {
                if (time.GetElapsedTime(since) > patience)
                {
                    await database.DisposeAsync();
                    throw new DatabaseRefusedException(
                        $"The database was not ready within {patience.TotalSeconds:0} s: {fault.Message} Start a silo first (it makes the tables), and check {DoorSettings.DatabaseVariable}.");
                }
            }
            await Task.Delay(Pause, time, cancellation);
        }
    }
}
