using BackupOnline.Grains.Interfaces.VirtualMachines;
using BackupOnline.Rules.Retention;
using NodaTime;

namespace BackupOnline.Grains.VirtualMachines;

/// <summary>A recovery point as the machine keeps it.</summary>
internal sealed record VmPointRecord
{
    public required VmPoint Point { get; init; }

    public required string Job { get; init; }

    public required string Day { get; init; }

    public required bool Extra { get; init; }

    public VmPointState State { get; init; }

    public bool OnLegalHold { get; init; }

    public List<string> KeptFor { get; init; } = [];

    public VmPointBootView? Boot { get; init; }

    public bool IsGood => State == VmPointState.Good;

    public RecoveryPoint ToRule() => new()
    {
        Id = Point.Snapshot,
        At = Instant.FromDateTimeOffset(Point.At),
        State = IsGood ? PointState.Good : PointState.Suspect,
        OnLegalHold = OnLegalHold,
    };

    public VmPointView ToView() => new()
    {
        Point = Point,
        State = State,
        OnLegalHold = OnLegalHold,
        KeptFor = [.. KeptFor],
        Day = Day,
        Job = Job,
        Extra = Extra,
        Boot = Boot,
    };
}
