using System.Security.Cryptography;
using BackupOnline.Agent.Door;
using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Pacing;

/// <summary>Asks the door for the plan before the first byte goes and again at the start of each 5-minute slot. A door that is away leaves the last plan in force.</summary>
internal sealed class PlanFollowing : IAsyncDisposable
{
    private const long SlotSeconds = 300;

    // So that the slot has begun for the door too, and not all agents ask at once.
    private static readonly TimeSpan AfterSlotStart = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _ended = new();
    private readonly Pacer _pacer;
    private readonly JobRun _job;
    private readonly TimeProvider _time;
    private readonly Task _loop;

    private PlanFollowing(Pacer pacer, JobRun job, TimeProvider time)
    {
        (_pacer, _job, _time) = (pacer, job, time);
        _loop = RunAsync();
    }

    public static async Task<PlanFollowing> StartAsync(Pacer pacer, JobRun job, TimeProvider time, CancellationToken cancellation)
    {
        if (await job.PlanAsync(cancellation) is { } plan)
            pacer.Follow(plan);
        return new PlanFollowing(pacer, job, time);
    }

    /// <summary>What a screen says of the plan: null while it goes as fast as it can.</summary>
    public static string? Note(Pacer pacer, Speech speech) => pacer.Present is { } span && span.Kind != "burst" && pacer.DoorTime < span.To
        ? speech.Say(span.Kind == "raised" ? PacingSentences.Raised : PacingSentences.Quiet, Math.Round(span.BitsPerSecond / 1e6, 1), span.To.ToLocalTime())
        : null;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _loop;
        _ended.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var door = _pacer.DoorTime;
                var next = DateTimeOffset.FromUnixTimeSeconds(((door.ToUnixTimeSeconds() / SlotSeconds) + 1) * SlotSeconds) + AfterSlotStart + TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(2_000));
                await Task.Delay(next - door, _time, _ended.Token);
                if (await _job.PlanAsync(_ended.Token) is { } plan)
                    _pacer.Follow(plan);
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
        }
    }
}
