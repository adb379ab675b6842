using NodaTime;

namespace BackupOnline.Rules.Retention;

/// <summary>The numbers of <see cref="SlidingRule"/>: contract article 6, "30 jours glissants".</summary>
public sealed record SlidingPolicy
{
    public static SlidingPolicy Default { get; } = new();

    /// <summary>Civil days before today that stay reachable; default 30, as the contract says.</summary>
    public int SlidingDays { get; init; } = 30;

    /// <summary>So many of the newest good points never go, whatever their age; default 1.</summary>
    public int KeepLastGood { get; init; } = 1;

    public WindowFreeze Freeze { get; init; } = WindowFreeze.LastGood;

    /// <summary>The same length as elapsed time, which a change of clocks neither lengthens nor shortens: 24 hours for each day (720 h).</summary>
    public Duration Elapsed => Duration.FromHours(24) * SlidingDays;
}
