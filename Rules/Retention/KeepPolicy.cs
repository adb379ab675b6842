using System.Collections.Immutable;
using NodaTime;

namespace BackupOnline.Rules.Retention;

/// <summary>restic's keep rules; a snapshot stays when any of them keeps it. 0 switches a rule off, <see cref="Unlimited"/> keeps one of every period.</summary>
public sealed record KeepPolicy
{
    /// <summary>restic's "unlimited".</summary>
    public const int Unlimited = -1;

    /// <summary>The newest so many snapshots.</summary>
    public int Last { get; init; }

    /// <summary>The newest snapshot of each of the newest so many civil hours that have one.</summary>
    public int Hourly { get; init; }

    public int Daily { get; init; }

    /// <summary>ISO weeks.</summary>
    public int Weekly { get; init; }

    public int Monthly { get; init; }

    public int Yearly { get; init; }

    /// <summary>Everything newer than the newest snapshot less this calendar period, exclusive; null switches it off.</summary>
    public Period? Within { get; init; }

    /// <summary>The newest snapshot of every civil hour that has one, as far back as <see cref="Within"/> counts; null switches it off. The next four likewise.</summary>
    public Period? WithinHourly { get; init; }

    public Period? WithinDaily { get; init; }

    public Period? WithinWeekly { get; init; }

    public Period? WithinMonthly { get; init; }

    public Period? WithinYearly { get; init; }

    /// <summary>Every snapshot that has all tags of one of these lists.</summary>
    public ImmutableArray<ImmutableArray<string>> Tags { get; init; } = [];

    /// <summary>True as restic does since 0.15: a rule that is not used up keeps the oldest snapshot too. False as restic 0.14 and older do.</summary>
    public bool KeepsOldest { get; init; } = true;

    /// <summary>No rule is on.</summary>
    public bool IsEmpty => (Last | Hourly | Daily | Weekly | Monthly | Yearly) == 0 && Tags.IsEmpty
        && (Within ?? WithinHourly ?? WithinDaily ?? WithinWeekly ?? WithinMonthly ?? WithinYearly) is null;
}
