using Npgsql;

namespace BackupOnline.Schedule.Running;

internal static class Until
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Asks every 50 ms until the count is zero; answers how long after <paramref name="due"/> that was.</summary>
    public static async Task<TimeSpan> NoneAsync(NpgsqlDataSource database, string count, DateTimeOffset due, TimeProvider clock)
    {
        while (true)
        {
            var left = (long)(await database.CreateCommand(count).ExecuteScalarAsync())!;
            var waited = clock.GetUtcNow() - due;
            if (left == 0) return waited;
            if (waited > Patience) throw new InvalidOperationException($"{left} left after {waited}: {count}");
            await Task.Delay(Pause, clock);
        }
    }
}
