namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>What the boot test of a point found.</summary>
[GenerateSerializer, Immutable, Alias("bo.vm.point-boot")]
public sealed record VmPointBootView
{
    /// <summary>The job; its picture is asked for at the door.</summary>
    [Id(0)] public required string Job { get; init; }

    [Id(1)] public required DateTimeOffset At { get; init; }

    [Id(2)] public required bool Good { get; init; }

    [Id(3)] public required string Verdict { get; init; }

    [Id(4)] public required double Seconds { get; init; }

    [Id(5)] public required bool HasPicture { get; init; }
}
