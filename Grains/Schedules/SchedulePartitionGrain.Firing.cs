using System.Globalization;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Persistence.Schedules;
using BackupOnline.Rules.Schedules;
using NodaTime;

namespace BackupOnline.Grains.Schedules;

/// <summary>One firing, from the call to the row.</summary>
internal sealed partial class SchedulePartitionGrain
{
    /// <summary>Outcomes in one write.</summary>
    private const int BatchSize = 500;

    /// <summary>A target that names a due instant which does not advance would be fired without a pause.</summary>
    private static readonly TimeSpan LeastStep = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RoomPause = TimeSpan.FromMilliseconds(50);

    /// <summary>How long an outcome waits for those of other firings under way: in a crowd, starts go first, and outcomes share their transactions.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);

    private async Task FireAsync(ClaimedFiring firing)
    {
        var startedAt = Now;
        var (ending, outcome) = await CallAsync(firing);
        inFlight--;
        ended.Add(ToEnded(firing, startedAt, ending, outcome));
        if (!isWriting) WriteAsync().Ignore();

        // The hands were full: more may be due. Claims are in sets, so half of the room is waited for, but not for long: the rest may be hanging.
        if (isFull) LookNotLaterThan(inFlight <= options.Value.InFlight / 2 ? Now : Now + RoomPause);
    }

    private async Task<(FiringEnding Ending, FiringOutcome Outcome)> CallAsync(ClaimedFiring firing)
    {
        using var limit = new CancellationTokenSource();
        try
        {
            var target = GrainFactory.GetGrain<IScheduledGrain>(GrainId.Parse(firing.Target, CultureInfo.InvariantCulture));
            var call = new ScheduleFiring { Schedule = firing.Schedule, Kind = firing.Kind, DueAt = firing.DueAt, Attempt = firing.Attempt };
            var outcome = await target.FireAsync(call, limit.Token).WaitAsync(options.Value.AnswerWithin, clock);
            return outcome.Result switch
            {
                FiringResult.Done => (FiringEnding.Done, outcome),
                FiringResult.Ended => (FiringEnding.Ended, outcome),
                _ => (FiringEnding.Failed, outcome),
            };
        }
        catch (TimeoutException)
        {
            await limit.CancelAsync();
            return (FiringEnding.Unanswered, FiringOutcome.Failed("The target did not answer in time."));
        }
        catch (Exception fault)
        {
            return (FiringEnding.Failed, FiringOutcome.Failed($"{fault.GetType().Name}: {fault.Message}"));
        }
    }

    private EndedFiring ToEnded(ClaimedFiring firing, DateTimeOffset startedAt, FiringEnding ending, FiringOutcome outcome)
    {
        var now = Now;
        var isLate = FiringRule.IsLate(Instant.FromDateTimeOffset(firing.DueAt), Instant.FromDateTimeOffset(startedAt), policy);
        var isFailure = ending is FiringEnding.Failed or FiringEnding.Unanswered;
        if (isFailure) LogFiringFailed(firing.Schedule, firing.Attempt, ending.ToString(), outcome.Why);
        else if (isLate && firing.Attempt == 1) LogFiringLate(firing.Schedule, firing.DueAt, startedAt);

        DateTimeOffset? readyAt = isFailure
            ? now + FiringRule.BackOff(firing.Schedule, firing.Attempt, policy).ToTimeSpan()
            : outcome.NextDue is { } named ? (named > firing.DueAt ? named : now + LeastStep)
            : NextDue(firing, now);
        return new()
        {
            Firing = firing,
            Ending = readyAt is null ? FiringEnding.Ended : ending,
            StartedAt = startedAt,
            EndedAt = now,
            ReadyAt = readyAt ?? now,
            Why = outcome.Why,
            IsTrouble = isFailure || (isLate && firing.Attempt == 1),
        };
    }

    private static DateTimeOffset? NextDue(ClaimedFiring firing, DateTimeOffset now) => ScheduleRule.NextAfterFiring(
        Timings.ToRule(firing.Timing), firing.Schedule, Instant.FromDateTimeOffset(firing.DueAt), Instant.FromDateTimeOffset(now))?.ToDateTimeOffset();

    // While one batch is being written the next one gathers as well: under load batches grow by themselves.
    private async Task WriteAsync()
    {
        isWriting = true;
        try
        {
            while (ended.Count > 0)
            {
                if (inFlight > 0 && ended.Count < BatchSize) await Task.Delay(Gathering, clock);
                var batch = ended.GetRange(0, Math.Min(ended.Count, BatchSize));
                try
                {
                    var next = await claims.EndAsync(batch, CancellationToken.None);
                    ended.RemoveRange(0, batch.Count);
                    if (next is { } ready && ready < Now + options.Value.LookEvery) LookNotLaterThan(ready);
                }
                catch (Exception fault)
                {
                    LogOutcomesNotWritten(fault, Key, batch.Count, FaultPause);

                    // What is no longer ours will be delivered again; its outcome would change nothing.
                    ended.RemoveAll(e => e.Firing.LeaseUntil < Now);
                    await Task.Delay(FaultPause, clock);
                }
            }
        }
        finally
        {
            isWriting = false;
        }
    }
}
