using BackupOnline.Rules.Contracts;
using BackupOnline.Rules.Retention;
using BackupOnline.Rules.Schedules;
using NodaTime;

namespace BackupOnline.Rules.Tests.Contracts;

/// <summary>
/// A VM that is backed up once a civil day, at a wall time that a change of clocks skips, doubles or brings close to midnight. Every plan is held against an account of its own, which
/// knows each point's civil day from the day on which it was made and never asks the calendar for it. What may go goes, as in the product.
/// </summary>
internal sealed class SimulatedMachine(int number, Action<string> fail)
{
    /// <summary>One that a spring skips and an autumn doubles, the first instant after the gap, and two beside midnight: after 23:30 the calendar ends before 720 hours do.</summary>
    private static readonly LocalTime[] Times = [new(2, 30), new(23, 30), new(3, 0), new(0, 15)];

    private static readonly DateTimeZone Paris = ContractPolicy.Default.Zone;
    private static readonly SlidingPolicy Policy = SlidingPolicy.Default;

    private readonly Random dice = new(~number);
    private readonly ScheduleTiming.Daily timing = new(Times[number % Times.Length], Paris);
    private readonly List<Made> made = [];
    private readonly HashSet<LocalDate> goodDays = [];
    private Made? lastGood;
    private Instant? lastDue;
    private int troubleLeft, points;

    public int Plans { get; private set; }

    /// <summary>Days on which the window stood still.</summary>
    public int FrozenDays { get; private set; }

    /// <summary>Plans in which only the elapsed hours kept a point.</summary>
    public int ElapsedOnly { get; private set; }

    /// <summary>From midnight, before the backup, to the backup.</summary>
    public void Live(LocalDate today, Instant midnight)
    {
        Judge(today, midnight);
        var due = ScheduleRule.NextAfter(timing, "vm", midnight - Duration.Epsilon)!.Value;
        CheckDue(today, midnight, due);
        BackUp(today, due);
        Judge(today, due);
    }

    private void CheckDue(LocalDate today, Instant midnight, Instant due)
    {
        var local = due.InZone(Paris);
        if (local.Date != today || lastDue >= due) fail("not one backup on each civil day");
        var isSpring = today.Month == 3 && today.DayOfWeek == IsoDayOfWeek.Sunday && today.Day > 24;
        var expected = isSpring && timing.Time == new LocalTime(2, 30) ? new LocalTime(3, 0) : timing.Time;
        if (local.TimeOfDay != expected) fail($"a backup at {local.TimeOfDay}");

        // The hour that comes twice: the first of them.
        if (timing.Time.Hour < 3 && due - midnight > Duration.FromHours(3)) fail("a backup in the second of two equal hours");
        lastDue = due;
    }

    private void BackUp(LocalDate today, Instant at)
    {
        // Now and then weeks of nothing good, as an attacker would have it.
        if (troubleLeft == 0 && dice.Next(500) == 0) troubleLeft = dice.Next(3, 70);
        var state = troubleLeft > 0
            ? dice.Next(3) switch { 0 => PointState.Suspect, 1 => PointState.Failed, _ => PointState.Partial }
            : dice.Next(60) switch { 0 => PointState.Failed, 1 => PointState.Partial, 2 => PointState.Suspect, _ => PointState.Good };
        if (troubleLeft > 0) troubleLeft--;
        var lockUntil = dice.Next(90) == 0 ? at + Duration.FromDays(dice.Next(1, 120)) : (Instant?)null;
        var point = new Made(new() { Id = $"r{points++:D6}", At = at, State = state, LockUntil = lockUntil }, today);
        made.Add(point);
        if (state == PointState.Good)
        {
            lastGood = point;
            goodDays.Add(today);
        }

        // A hold, and one day its end.
        if (dice.Next(200) != 0) return;
        var held = dice.Next(made.Count);
        var turned = made[held] with { Point = made[held].Point with { OnLegalHold = !made[held].Point.OnLegalHold } };
        if (ReferenceEquals(made[held], lastGood)) lastGood = turned;
        made[held] = turned;
    }

    private void Judge(LocalDate today, Instant now)
    {
        var plan = SlidingRule.Plan(made.ConvertAll(m => m.Point), Paris, now, Policy);
        Plans++;
        var anchor = lastGood is null || lastGood.Day >= today ? today : lastGood.Day.PlusDays(1);
        if (anchor < today) FrozenDays++;
        if (plan.Today != today || plan.Anchor != anchor) fail($"the window is counted back from {plan.Anchor}");
        var newestPartial = made.FindLast(m => m.Point.State == PointState.Partial);
        var resumable = newestPartial is not null && (lastGood is null || newestPartial.Point.At > lastGood.Point.At) ? newestPartial : null;
        var kept = 0;
        made.RemoveAll(m =>
        {
            var stays = Stays(m, anchor, now) || ReferenceEquals(m, resumable);
            var planned = kept < plan.Keep.Length && ReferenceEquals(plan.Keep[kept].Point, m.Point);
            if (stays != planned) fail($"{m.Point.Id} of {m.Day} {(stays ? "must stay" : "may go")} at {now}");
            if (!planned) return true;
            if (plan.Keep[kept].Reasons is [KeepReason.Elapsed]) ElapsedOnly++;
            kept++;
            return false;
        });
        if (kept != plan.Keep.Length || kept > made.Count) fail("a plan keeps what does not exist");

        var first = today.PlusDays(-Policy.SlidingDays);
        var good = 0;
        for (var day = first; day < today; day = day.PlusDays(1))
        {
            if (goodDays.Contains(day)) good++;
            else if (!plan.MissingDays.Contains(day)) fail($"{day} is not missed");
        }

        if (plan.GoodDaysCovered != good || plan.MissingDays.Length != Policy.SlidingDays - good) fail("covered days are counted wrongly");
    }

    private bool Stays(Made m, LocalDate anchor, Instant now) =>
        m.Point.OnLegalHold
        || now < m.Point.LockUntil
        || ReferenceEquals(m, lastGood)
        || (m.Point.State is PointState.Good or PointState.Suspect
            && (m.Day >= anchor.PlusDays(-Policy.SlidingDays) || now - m.Point.At < Duration.FromHours(720)));

    private sealed record Made(RecoveryPoint Point, LocalDate Day);
}
