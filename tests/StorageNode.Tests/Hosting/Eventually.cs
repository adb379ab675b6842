namespace BackupOnline.StorageNode.Tests.Hosting;

internal static class Eventually
{
    /// <summary>Waits for a condition, at most 20 s if not told otherwise; <paramref name="meanwhile"/> moves the test's clock, for example.</summary>
    public static async Task TrueAsync(Func<bool> condition, string what, Action? meanwhile = null, int seconds = 20)
    {
        for (var since = TimeProvider.System.GetTimestamp(); !condition();)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(seconds), $"Did not happen: {what}");
            meanwhile?.Invoke();
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }
}
