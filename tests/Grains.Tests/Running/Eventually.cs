using System.Diagnostics;

namespace BackupOnline.Grains.Tests.Running;

/// <summary>Waits for what happens by itself.</summary>
public static class Eventually
{
    /// <summary>Asks until the answer is right; after 20 s it fails with what is missing and the last answer.</summary>
    public static async Task<T> Async<T>(string missing, Func<Task<T>> ask, Func<T, bool> isRight)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (isRight(answer)) return answer;
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(20), $"Missing after {waited.Elapsed}: {missing}. Last answer: {answer}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
