using System.Collections.Immutable;
using BackupOnline.Rules.Traffic;
using CsCheck;
using NodaTime;

namespace BackupOnline.Rules.Tests.Traffic;

/// <summary>A tenant on the first of November 2026, UTC as the zone: 8640 slots, 432 credits.</summary>
internal static class PacingCase
{
    public const long Burst = 3_750_000_000;
    public const long Quiet = 183_750_000;
    public const long Cap = 187_500_000;
    public const long GB = 1_000_000_000;

    public static readonly Instant MonthStart = Instant.FromUtc(2026, 11, 1, 0, 0);
    public static readonly long First = TrafficSlot.Of(MonthStart);
    public static readonly long End = First + 8640;

    public static readonly Gen<(PacingSituation Situation, Instant Now)> Any =
        Gen.Select(
            Gen.Int[0, 8639],
            Gen.Int[0, 299],
            Gen.Int[0, 500],
            Gen.Long[0, 400 * GB].Array[1, 3],
            Gen.Int[-300, 5_000].Array[3],
            Gen.Long[0, 200 * GB],
            Gen.Long[0, Burst]).Select((slot, second, used, bytes, due, daily, present) => (
                With(slot, used, [.. bytes.Select((b, n) => new PacingJob(b, First + slot + due[n]))], daily) with { PresentSlotBytes = second == 0 ? 0 : present },
                MonthStart + Duration.FromSeconds((slot * 300L) + second)));

    public static PacingSituation With(int slot, int used, ImmutableArray<PacingJob> jobs, long dailyBytes = 0) => new()
    {
        MonthEndSlot = End,
        FreeSlots = 432,
        UsedSlots = used,
        HighSlots = Math.Min(used, 432),
        LowerBoundBytes = used > 432 ? 2 * Cap : 0,
        NextFreeSlots = 432,
        Jobs = jobs,
        LaterDays = [.. Enumerable.Range(1, 60).Select(day => First + slot + (day * 288L)).Where(from => from < End).Select(from => new PacingDay(dailyBytes, from))],
    };

    public static Instant At(int slot) => MonthStart + Duration.FromSeconds(slot * 300L);

    public static PacingJob Daily(int slot, long bytes) => new(bytes, First + slot + 288);

    public static PacingPlan Plan(PacingSituation situation, int slot) => PacingRule.Plan(situation, At(slot), PacingPolicy.Default);
}
