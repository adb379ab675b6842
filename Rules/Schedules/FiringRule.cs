using NodaTime;

namespace BackupOnline.Rules.Schedules;

/// <summary>What becomes of firings that fail, and which are late.</summary>
public static class FiringRule
{
    /// <summary>
    /// How long to wait after the failure of attempt number <paramref name="attempt"/> (1 for the first): the policy's back-off doubled for each attempt
    /// before it, at most the policy's longest; and up to a fifth more in whole seconds, at a place that the schedule's id and the attempt give, so that
    /// what failed together does not come back together. It never gives up: what is due stays due.
    /// </summary>
    public static Duration BackOff(string schedule, int attempt, FiringPolicy policy)
    {
        if (attempt < 1) throw new ArgumentOutOfRangeException(nameof(attempt), attempt, "Attempts count from 1.");
        var wait = policy.BackOff;
        for (var done = 1; done < attempt && wait < policy.MaxBackOff; done++) wait += wait;
        wait = Duration.Min(wait, policy.MaxBackOff);
        return wait + Spread.Offset($"{schedule}#{attempt}", wait / 5);
    }

    /// <summary>True when a start at <paramref name="startedAt"/> is more than the policy's allowance after <paramref name="dueAt"/>; exactly the allowance is in time.</summary>
    public static bool IsLate(Instant dueAt, Instant startedAt, FiringPolicy policy) => startedAt - dueAt > policy.LateAfter;
}
