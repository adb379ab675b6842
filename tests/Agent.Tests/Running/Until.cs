namespace BackupOnline.Agent.Tests.Running;

/// <summary>Waits for a condition with a deadline.</summary>
public static class Until
{
    public static async Task TrueAsync(Func<bool> condition, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
            await timer.WaitForNextTickAsync(deadline.Token);
    }
}
