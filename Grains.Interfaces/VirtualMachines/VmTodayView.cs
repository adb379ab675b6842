namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>The present civil day of Europe/Paris.</summary>
[GenerateSerializer, Immutable, Alias("bo.vm.today")]
public sealed record VmTodayView
{
    /// <summary><c>2026-10-25</c>.</summary>
    [Id(0)] public required string Day { get; init; }

    [Id(1)] public required VmTodayStanding Standing { get; init; }

    /// <summary>The run that is open, or null.</summary>
    [Id(2)] public string? Job { get; init; }

    /// <summary>Failed attempts so far.</summary>
    [Id(3)] public required int Failures { get; init; }

    /// <summary>When it is decided next; null while paused.</summary>
    [Id(4)] public DateTimeOffset? LookAt { get; init; }
}
