using Npgsql;
using NpgsqlTypes;

namespace BackupOnline.Persistence.Tests.Providers;

/// <summary>Runs a query of OrleansQuery as the AdoNet providers do: text as stored, parameters by name, unreferenced ones included.</summary>
internal sealed class OrleansSql(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> RowsAsync(string key, params (string Name, object? Value)[] parameters)
    {
        await using var find = database.CreateCommand("SELECT QueryText FROM OrleansQuery WHERE QueryKey = $1");
        find.Parameters.Add(new() { Value = key });
        var text = (string)(await find.ExecuteScalarAsync())!;
        await using var command = database.CreateCommand(text);
        foreach (var (name, value) in parameters)
            command.Parameters.Add(new NpgsqlParameter(name, TypeOf(name, value)) { Value = value ?? DBNull.Value });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<IReadOnlyDictionary<string, object?>>();
        do
        {
            while (await reader.ReadAsync())
            {
                rows.Add(Enumerable.Range(0, reader.FieldCount)
                    .ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i), StringComparer.OrdinalIgnoreCase));
            }
        }
        while (await reader.NextResultAsync());
        return rows;
    }

    /// <summary>First row, first column.</summary>
    public async Task<object?> ScalarAsync(string key, params (string Name, object? Value)[] parameters) =>
        await RowsAsync(key, parameters) is [var row, ..] ? row.Values.First() : null;

    /// <summary>The same call from 16 writers at once.</summary>
    public static async Task<T[]> RaceAsync<T>(Func<int, Task<T>> write) =>
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => write(i))));

    private static NpgsqlDbType TypeOf(string name, object? value) => value switch
    {
        int => NpgsqlDbType.Integer,
        long => NpgsqlDbType.Bigint,
        DateTime => NpgsqlDbType.TimestampTz,
        byte[] => NpgsqlDbType.Bytea,
        string => NpgsqlDbType.Text,
        _ when name == "GrainStateVersion" => NpgsqlDbType.Integer,
        _ when name == "PayloadBinary" => NpgsqlDbType.Bytea,
        _ => NpgsqlDbType.Text,
    };
}
