using BackupOnline.Agent.Door;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Hosting;

/// <summary>One attempt at one offered job: taken, carried out, told. Never throws for what goes wrong with the job.</summary>
internal sealed class WorkAttempt(WorkPlace place, IWork work, OfferedWork offer)
{
    private const int LongestMessage = 500;

    /// <summary>How long the attempt itself offers its outcome to a door that is away; then the outbox has it.</summary>
    private static readonly TimeSpan LastWordWithin = TimeSpan.FromMinutes(10);

    /// <summary>The same while the host stops.</summary>
    private static readonly TimeSpan LastWordWhenStopping = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private string JobPath => $"tenants/{place.Enrolment.Tenant}/jobs/{offer.Job}";

    private Screen Screen => place.Context.Screen;

    public async Task RunAsync(CancellationToken stopping)
    {
        DoorAnswer<TakenWork> taken;
        try
        {
            taken = await place.Door.PostAsync(
                $"{JobPath}/attempts", new AttemptRequest(), HostingJson.Default.AttemptRequest, HostingJson.Default.TakenWork, Guid.NewGuid().ToString("N"), stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Should the door have given it already, its lease ends by itself.
            return;
        }

        if (taken.Value is not { Job: { } job, Order: { } order })
        {
            // Somebody else was faster, or the door is away: the next list tells.
            if (taken.Refusal is { } refusal)
                Screen.Warn(HostSentences.Refused, refusal.Detail ?? refusal.Code ?? "-");
            return;
        }

        Screen.Tell(HostSentences.WorkBegun, offer.Job, order.Kind, order.Vm ?? order.MachineId ?? "-", job.Attempt);
        var outcome = await CarryOutAsync(order with { Job = offer.Job }, job.Attempt, stopping);
        if (outcome is not null)
            await TellAsync(outcome, stopping);
    }

    // Null: the attempt was taken away, and nobody wants its outcome.
    private async Task<WorkOutcome?> CarryOutAsync(WorkOrder order, int attempt, CancellationToken stopping)
    {
        await using var reports = new WorkReports(place.Door, JobPath, attempt, place.Context.Surroundings.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, reports.Lost);
        WorkResult result;
        try
        {
            result = await work.CarryOutAsync(order, progress => reports.Progress = progress, either.Token);
        }
        catch (OperationCanceledException) when (reports.LostBecause is not null && !stopping.IsCancellationRequested)
        {
            Screen.Warn(HostSentences.Superseded, reports.LostBecause);
            return null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            result = WorkFailure.Of(failure, Screen.Speech, stopping.IsCancellationRequested);
        }

        Tell(result);
        return new WorkOutcome
        {
            Attempt = attempt,
            ExitCode = result.ExitCode,
            Snapshot = result.Snapshot,
            Message = result.Message.Length > LongestMessage ? result.Message[..LongestMessage] : result.Message,
            Progress = reports.Progress(),
            Point = result.Point,
            Failure = result.Failure,
            Audit = result.Audit,
            Boot = result.Boot,
        };
    }

    private void Tell(WorkResult result)
    {
        if (result.Failure is { } failure)
            Screen.Warn(HostSentences.WorkFailed, offer.Job, failure.Code, failure.Text);
        else
            Screen.Tell(HostSentences.WorkDone, offer.Job, result.Message);
    }

    private async Task TellAsync(WorkOutcome outcome, CancellationToken stopping)
    {
        var time = place.Context.Surroundings.Time;
        var isKept = place.Outbox.Keep(offer.Job, outcome);
        using var deadline = new CancellationTokenSource(LastWordWithin, time);
        await using var hurry = stopping.Register(() => deadline.CancelAfter(LastWordWhenStopping));
        try
        {
            for (var pause = TimeSpan.FromSeconds(1); await place.Outbox.TellAsync(offer.Job, outcome, deadline.Token) == Told.Again; pause = pause < LongestPause ? pause * 2 : LongestPause)
                await Task.Delay(pause, time, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            Screen.Warn(isKept ? HostSentences.OutcomeLater : HostSentences.OutcomeLost, offer.Job);
        }
    }
}
