using System.Diagnostics;

namespace BackupOnline.SystemTests.Running;

/// <summary>Waits for a condition with a deadline, and says which one did not come.</summary>
internal static class Until
{
    public static async Task TrueAsync(string what, TimeSpan limit, Func<Task<bool>> condition, Func<string>? evidence = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < limit, $"Waited {limit} in vain until {what}.\n{evidence?.Invoke()}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    public static Task TrueAsync(string what, TimeSpan limit, Func<bool> condition, Func<string>? evidence = null) =>
        TrueAsync(what, limit, () => Task.FromResult(condition()), evidence);
}
