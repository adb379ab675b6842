using BackupOnline.Persistence.Connections;

namespace BackupOnline.Persistence.Embedded;

/// <summary>Finds the private database of a data folder, for the door and other programs that do not start it.</summary>
public static class DatabaseLocator
{
    /// <summary>The application's connection string from <c>run/database</c>; waits until a silo has written it.</summary>
    /// <exception cref="DatabaseRefusedException">It did not appear in time.</exception>
    public static async Task<string> WaitAsync(string dataFolder, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        var path = Path.Combine(dataFolder, "run", "database");
        var started = time.GetTimestamp();
        while (true)
        {
            if (File.Exists(path) && (await File.ReadAllTextAsync(path, cancellation)).Trim() is { Length: > 0 } text)
                return text;
            if (time.GetElapsedTime(started) > patience)
            {
                throw new DatabaseRefusedException(
                    $"No database: {path} did not appear within {patience.TotalSeconds:0} s. Start a silo on this data folder, or set BACKUPONLINE_DB.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), time, cancellation);
        }
    }
}
