using BackupOnline.Agent.Door;

namespace BackupOnline.Agent.Hosting;

/// <summary>
/// Keeps an attempt's lease with a report every 10 s. A door that is away is no reason to stop: the attempt goes on, and its outcome is delivered later.
/// A door that says no is: somebody else has the work, and <see cref="Lost"/> is cancelled.
/// </summary>
internal sealed class WorkReports : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly DoorClient _door;
    private readonly string _path;
    private readonly int _attempt;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _loop;

    /// <param name="door">Not owned.</param>
    /// <param name="path">Of the job, without a slash at its end.</param>
    /// <param name="attempt">Number of the attempt.</param>
    /// <param name="time">Clock of the rhythm.</param>
    public WorkReports(DoorClient door, string path, int attempt, TimeProvider time)
    {
        (_door, _path, _attempt, _time) = (door, path, attempt, time);
        _loop = RunAsync();
    }

    /// <summary>Asked at each report; from another thread.</summary>
    public Func<JobProgress> Progress { get; set; } = () => new JobProgress(0, 0, 0, 0, 0, 0);

    public CancellationToken Lost => _lost.Token;

    /// <summary>Why the attempt was taken away; null while it was not.</summary>
    public string? LostBecause { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _loop;
        _ended.Dispose();
        _lost.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Every, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                var answer = await _door.PostAsync($"{_path}/progress", new JobReport(_attempt, Progress()), DoorJson.Default.JobReport, DoorJson.Default.Job, null, _ended.Token);
                if (answer.Refusal is not { } refusal)
                    continue;
                LostBecause = refusal.Detail ?? refusal.Code ?? "-";
                await _lost.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
        }
    }
}
