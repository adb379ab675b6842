namespace BackupOnline.StorageNode.Tests.Hosting;

internal static class Eventually
{
    /// <summary>Waits for a condition, at most 20 s.</summary>
    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        for (var since = TimeProvider.System.GetTimestamp(); !condition();)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(20), $"Did not happen: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }
}
