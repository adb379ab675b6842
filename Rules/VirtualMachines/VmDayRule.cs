using System.Collections.Immutable;
using NodaTime;

namespace BackupOnline.Rules.VirtualMachines;

/// <summary>
/// The day of a virtual machine: contract article 6, "quotidienne". One point for each civil day of the plan's zone. A day is covered by a good point whose
/// consistency instant lies in it, not by a run that says that it succeeded.
/// </summary>
public static class VmDayRule
{
    /// <summary>A start that much after the due instant is a catch-up.</summary>
    private static readonly Duration LateAfter = Duration.FromMinutes(15);

    /// <summary>
    /// Decides what is to be done now. A day's run opens at its due instant; on the day after a lost one already at its first instant, because a machine
    /// that has no point of yesterday does not wait for the evening. It is offered until the day ends. A run that is under way at midnight goes on: its
    /// point may lie before midnight, so that the day is settled only when it has ended. Half-open days: midnight belongs to the new one.
    /// </summary>
    public static VmDayDecision Decide(VmDayQuestion question)
    {
        var (plan, now) = (question.Plan, question.Now);
        var today = plan.DayOf(now);
        var first = FirstOwed(plan, question.OwedFrom);
        var settled = question.Run is { } open && open.Day < today ? [] : Settle(question, today, first);
        var yesterday = today.PlusDays(-1);
        var lostBefore = yesterday >= first && !question.Covered.Contains(yesterday);
        var due = plan.DueOf(LocalDate.Max(today, first));
        var opensAt = lostBefore ? plan.StartOf(today) : due;

        VmDayDecision Answer(VmStep step, VmReason reason, Instant? lookAt) =>
            new() { Step = step, Reason = reason, Today = today, OpensAt = opensAt, Settled = settled, LookAt = lookAt };

        if (question.Run is { } run)
        {
            if (run.IsRunning) return Answer(VmStep.Wait, VmReason.RunOpen, plan.EndOf(today));
            if (question.IsPaused) return Answer(VmStep.Withdraw, VmReason.Paused, now);
            if (run.Day < today) return Answer(VmStep.Withdraw, VmReason.DayOver, now);
            return !run.IsExtra && question.Covered.Contains(today)
                ? Answer(VmStep.Withdraw, VmReason.Covered, now)
                : Answer(VmStep.Wait, VmReason.RunOpen, plan.EndOf(today));
        }

        if (question.IsPaused) return Answer(VmStep.Wait, VmReason.Paused, null);
        if (question.Covered.Contains(today)) return Answer(VmStep.Wait, VmReason.Covered, plan.DueOf(today.PlusDays(1)));
        if (question.GivenUp == today) return Answer(VmStep.Wait, VmReason.GivenUp, plan.EndOf(today));
        if (now < opensAt) return Answer(VmStep.Wait, VmReason.NotDue, opensAt);
        return Answer(VmStep.Open, lostBefore || now > due + LateAfter ? VmReason.CatchUp : VmReason.Due, plan.EndOf(today));
    }

    /// <summary>The first day whose due instant is not before <paramref name="owedFrom"/>.</summary>
    public static LocalDate FirstOwed(VmPlan plan, Instant owedFrom)
    {
        var day = plan.DayOf(owedFrom);
        return plan.DueOf(day) >= owedFrom ? day : day.PlusDays(1);
    }

    private static ImmutableArray<VmSettledDay> Settle(VmDayQuestion question, LocalDate today, LocalDate first)
    {
        var settled = ImmutableArray.CreateBuilder<VmSettledDay>();
        for (var day = question.SettledUntil.PlusDays(1); day < today; day = day.PlusDays(1))
        {
            var standing = question.Covered.Contains(day) ? VmDayStanding.Covered
                : question.IsPaused || day < first ? VmDayStanding.Excused
                : VmDayStanding.Lost;
            settled.Add(new(day, standing));
        }

        return settled.ToImmutable();
    }
}
