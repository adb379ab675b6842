using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace BackupOnline.Persistence.Storage;

/// <summary>A fact's columns as parameters: scope, event, at, actor, subject, address, details.</summary>
internal static class FactParameters
{
    public static NpgsqlParameter[] Of(FactRow fact) =>
    [
        Text(fact.Scope),
        Text(fact.Event),
        new NpgsqlParameter<DateTimeOffset> { TypedValue = fact.At.ToUniversalTime() },
        Text(fact.Actor),
        Text(fact.Subject),
        Text(fact.Address),
        Details(fact.Details),
    ];

    public static NpgsqlParameter Details(IReadOnlyDictionary<string, string> details) =>
        new() { Value = StorableText.OfJson(JsonSerializer.Serialize(details)), NpgsqlDbType = NpgsqlDbType.Jsonb };

    public static NpgsqlParameter Text(string? value) =>
        new() { Value = value is null ? DBNull.Value : StorableText.Of(value), NpgsqlDbType = NpgsqlDbType.Text };
}
