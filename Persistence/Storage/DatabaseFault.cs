using System.Net.Sockets;
using Npgsql;

namespace BackupOnline.Persistence.Storage;

/// <summary>Turns what the database driver throws into exceptions that can cross a grain call.</summary>
public static class DatabaseFault
{
    /// <summary>True for the driver's exceptions and those of its sockets.</summary>
    public static bool IsFromDatabase(Exception exception) =>
        exception is NpgsqlException or SocketException || (exception is TimeoutException && exception.Source == "Npgsql");

    /// <summary>Says what happened without naming hosts, users or values.</summary>
    public static StorageUnavailableException Translate(Exception exception) => exception switch
    {
        PostgresException refused => new($"The database refused a command ({refused.SqlState}: {refused.MessageText})."),
        _ => new($"The database does not answer ({exception.GetType().Name}: {exception.InnerException?.GetType().Name ?? "no cause given"})."),
    };
}
