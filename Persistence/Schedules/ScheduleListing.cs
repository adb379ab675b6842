using System.Text.Json;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Persistence.Storage;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;

namespace BackupOnline.Persistence.Schedules;

/// <summary>Schedules by id, read from their rows without waking a grain.</summary>
public sealed class ScheduleListing(NpgsqlDataSource database, IOptions<ClusterOptions> cluster)
{
    private const string Page = """
        select id, kind, scope, target, timing, next_due, greatest(ready_at, lease_until), case when lease is not null then lease_until end,
            last_due, last_started_at, last_ended_at, last_outcome, last_why, failures_in_a_row, troubles
        from schedule
        where service_id = $1 and ($2::text is null or id > $2) and ($3::text is null or scope = $3) and ($4::text is null or kind = $4)
            and ($5::timestamptz is null or failures_in_a_row > 0 or next_due < $5 - interval '2 minutes')
        order by id limit $6
        """;

    /// <summary>At most <paramref name="limit"/> of them, in order of id, from the first after <paramref name="after"/>.</summary>
    public async Task<IReadOnlyList<ScheduleEntry>> PageAsync(ScheduleFilter filter, string? after, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Page);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = cluster.Value.ServiceId });
        command.Parameters.Add(FactParameters.Text(string.IsNullOrEmpty(after) ? null : after));
        command.Parameters.Add(FactParameters.Text(filter.Scope));
        command.Parameters.Add(FactParameters.Text(filter.Kind));
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset?> { TypedValue = filter.TroubledAt?.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<ScheduleEntry>();
        while (await reader.ReadAsync(cancellation))
            entries.Add(Read(reader));
        return entries;
    }

    private static ScheduleEntry Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetString(0),
        Kind = reader.GetString(1),
        Scope = reader.GetString(2),
        Target = reader.GetString(3),
        Timing = JsonSerializer.Deserialize<TimingSpec>(reader.GetString(4), ListingJson.Options)!,
        NextDue = reader.GetFieldValue<DateTimeOffset>(5),
        ReadyAt = reader.GetFieldValue<DateTimeOffset>(6),
        LeaseUntil = Instant(reader, 7),
        LastDue = Instant(reader, 8),
        LastStartedAt = Instant(reader, 9),
        LastEndedAt = Instant(reader, 10),
        LastOutcome = reader.IsDBNull(11) ? null : reader.GetString(11),
        LastWhy = reader.IsDBNull(12) ? null : reader.GetString(12),
        FailuresInARow = reader.GetInt32(13),
        Troubles = reader.GetInt64(14),
    };

    private static DateTimeOffset? Instant(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}
