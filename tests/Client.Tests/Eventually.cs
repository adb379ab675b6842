namespace BackupOnline.Client.Tests;

/// <summary>Waits for a condition, with a deadline that names what is missing.</summary>
internal static class Eventually
{
    public static async Task<T> GetAsync<T>(Func<T?> get, string what, TimeSpan within)
        where T : class => await GetAsync(() => Task.FromResult(get()), what, within);

    public static async Task<T> GetAsync<T>(Func<Task<T?>> get, string what, TimeSpan within)
        where T : class
    {
        var time = TimeProvider.System;
        var since = time.GetTimestamp();
        while (time.GetElapsedTime(since) < within)
        {
            if (await get() is { } found)
                return found;
            await Task.Delay(TimeSpan.FromMilliseconds(50), time);
        }
        throw new TimeoutException($"Not within {within.TotalSeconds} s: {what}.");
    }
}
