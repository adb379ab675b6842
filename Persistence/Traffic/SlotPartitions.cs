using System.Collections.Concurrent;
using Npgsql;

namespace BackupOnline.Persistence.Traffic;

/// <summary>The monthly partitions of the samples: made before they are needed, whoever comes first.</summary>
public sealed class SlotPartitions(NpgsqlDataSource database)
{
    private const int SlotSeconds = 300;

    private readonly ConcurrentDictionary<DateOnly, bool> made = new();

    /// <summary>Makes sure of the UTC months of these slots, and of the one after the newest.</summary>
    public async Task EnsureAsync(int firstSlot, int lastSlot, CancellationToken cancellation)
    {
        var after = MonthOf(lastSlot).AddMonths(1);
        for (var month = MonthOf(firstSlot); month <= after; month = month.AddMonths(1))
        {
            if (made.ContainsKey(month))
                continue;
            await using var command = database.CreateCommand("select traffic_partition_ensure($1)");
            command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = month });
            await command.ExecuteNonQueryAsync(cancellation);
            made[month] = true;
        }
    }

    private static DateOnly MonthOf(int slot)
    {
        var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds((long)slot * SlotSeconds).UtcDateTime);
        return new(day.Year, day.Month, 1);
    }
}
