using System.Text.Json;
using BackupOnline.Persistence.Storage;
using Npgsql;

namespace BackupOnline.Persistence.Log;

/// <summary>Reads a fact from the columns scope, event, at, actor, subject, address, details, which outbox and log share.</summary>
internal static class FactReader
{
    public const string Columns = "scope, event, at, actor, subject, address, details";

    public static FactRow Read(NpgsqlDataReader reader, int first) => new()
    {
        Scope = reader.GetString(first),
        Event = reader.GetString(first + 1),
        At = reader.GetFieldValue<DateTimeOffset>(first + 2),
        Actor = reader.GetString(first + 3),
        Subject = reader.GetString(first + 4),
        Address = reader.IsDBNull(first + 5) ? null : reader.GetString(first + 5),
        Details = new SortedDictionary<string, string>(
            JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(first + 6))!, StringComparer.Ordinal),
    };
}
