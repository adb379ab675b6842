using BackupOnline.Agent.Enrolment;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Pacing;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Door;

/// <summary>
/// The door's view of this run: opened at its start, told of progress (which renews the lease), closed with its outcome. A door that is away never stops
/// the run: one warning, and another try with each report. Without an enrolment there is no job and nothing is sent.
/// </summary>
internal sealed class JobRun : IAsyncDisposable
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastWordWithin = TimeSpan.FromSeconds(12);
    private const int LongestMessage = 500;

    private readonly DoorClient? _door;
    private readonly AgentConfiguration? _enrolment;
    private readonly string _kind;
    private readonly Screen _screen;
    private readonly string _idempotencyKey = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource _ended = new();
    private Func<JobProgress>? _progress;
    private Task _reports = Task.CompletedTask;
    private Job? _job;
    private bool _warned;
    private bool _dropped;

    private JobRun(DoorClient? door, AgentConfiguration? enrolment, string kind, Screen screen) =>
        (_door, _enrolment, _kind, _screen) = (door, enrolment, kind, screen);

    /// <summary>The clock of the door when the job was opened, or null.</summary>
    public DateTimeOffset? DoorDate { get; private set; }

    /// <param name="door">Owned by the run; null without an enrolment.</param>
    /// <param name="enrolment">Names tenant, host and vault; null without an enrolment.</param>
    /// <param name="kind">backup, restore or check.</param>
    /// <param name="screen">Where the one warning goes.</param>
    /// <param name="cancellation">Stops the opening.</param>
    /// <exception cref="AgentStop">The contract is suspended.</exception>
    public static async Task<JobRun> OpenAsync(DoorClient? door, AgentConfiguration? enrolment, string kind, Screen screen, CancellationToken cancellation)
    {
        var run = new JobRun(door, enrolment, kind, screen);
        if (door is null)
            return run;
        var refusal = await run.TryOpenAsync(cancellation);
        if (refusal?.Code == DoorProblem.TenantSuspended && kind == "backup")
        {
            await run.DisposeAsync();
            throw new AgentStop(ExitCode.Suspended, DoorSentences.Suspended, refusal.Detail ?? "");
        }

        run._reports = run.ReportAsync();
        return run;
    }

    /// <summary>From now on the reports tell this.</summary>
    public void Follow(Func<JobProgress> progress) => _progress = progress;

    /// <summary>How the door wants this run to send; null when there is no door, no job or no plan: then the run just sends.</summary>
    public async Task<SendingPlan?> PlanAsync(CancellationToken cancellation)
    {
        if (_door is null || _job is null || _dropped)
            return null;
        var answer = await _door.GetAsync(JobPath("plan"), DoorJson.Default.SendingPlan, cancellation);
        return answer.Value is { Spans.Count: > 0 } plan ? plan : null;
    }

    /// <summary>Closes the job, also after a failure or an interruption; gives up after a few seconds.</summary>
    public async Task FinishAsync(int exitCode, string? snapshot, string message)
    {
        await StopReportsAsync();
        if (_door is null || _dropped)
            return;
        using var deadline = new CancellationTokenSource(LastWordWithin, _screen.Surroundings.Time);
        try
        {
            if (_job is null)
                await TryOpenAsync(deadline.Token);
            var outcome = new JobOutcome(_job?.Attempt ?? 0, exitCode, snapshot, message.Length > LongestMessage ? message[..LongestMessage] : message, _progress?.Invoke());
            for (var pause = TimeSpan.FromSeconds(1); _job is not null; pause *= 2)
            {
                var answer = await _door.PostAsync(JobPath("outcome"), outcome, DoorJson.Default.JobOutcome, DoorJson.Default.Job, null, deadline.Token);
                if (answer.Unreachable is null)
                {
                    if (answer.Refusal is { } refusal)
                        WarnOnce(DoorSentences.Refused, refusal.Code ?? refusal.Title ?? "-");
                    return;
                }

                WarnOnce(DoorSentences.Away, answer.Unreachable);
                await Task.Delay(pause, _screen.Surroundings.Time, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            WarnOnce(DoorSentences.Away, "timeout");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopReportsAsync();
        _ended.Dispose();
        _door?.Dispose();
    }

    private string JobPath(string verb) => $"tenants/{_enrolment!.Tenant}/jobs/{_job!.Id}/{verb}";

    private async Task StopReportsAsync()
    {
        await _ended.CancelAsync();
        await _reports;
    }

    private async Task<DoorProblem?> TryOpenAsync(CancellationToken cancellation)
    {
        var path = $"tenants/{_enrolment!.Tenant}/hosts/{_enrolment.Host}/jobs";
        var answer = await _door!.PostAsync(path, new JobRequest(_kind, _enrolment.Vault!), DoorJson.Default.JobRequest, DoorJson.Default.Job, _idempotencyKey, cancellation);
        DoorDate ??= answer.Date;
        if (answer.Value is { Id: not null } job)
            _job = job;
        else if (answer.Unreachable is not null)
            WarnOnce(DoorSentences.Away, answer.Unreachable);
        else
            Drop(answer.Refusal?.Code ?? answer.Refusal?.Title ?? $"HTTP {(int)answer.Status!}");
        return answer.Refusal;
    }

    private async Task ReportAsync()
    {
        using var timer = new PeriodicTimer(ReportEvery, _screen.Surroundings.Time);
        try
        {
            while (!_dropped && await timer.WaitForNextTickAsync(_ended.Token))
            {
                if (_job is null)
                    await TryOpenAsync(_ended.Token);
                else if (_progress is not null)
                    await ReportOnceAsync(_progress());
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
        }
    }

    private async Task ReportOnceAsync(JobProgress progress)
    {
        var answer = await _door!.PostAsync(
            JobPath("progress"), new JobReport(_job!.Attempt, progress), DoorJson.Default.JobReport, DoorJson.Default.Job, null, _ended.Token);
        if (answer.Unreachable is not null)
            WarnOnce(DoorSentences.Away, answer.Unreachable);
        else if (answer.Refusal is { } refusal)
            Drop(refusal.Code ?? refusal.Title ?? $"HTTP {(int)answer.Status!}");
    }

    // The door knows this run no longer (another attempt took over, the job ended): more reports would change nothing.
    private void Drop(string reason)
    {
        _dropped = true;
        WarnOnce(DoorSentences.Refused, reason);
    }

    private void WarnOnce(Sentence sentence, string reason)
    {
        if (_warned)
            return;
        _warned = true;
        _screen.Warn(sentence, reason);
    }
}
