using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Hosting;

/// <summary>All that an attempt needs to know.</summary>
internal sealed record WorkOrder
{
    public required string Kind { get; init; }

    /// <summary>The job whose order it is; not part of the order as the door writes it.</summary>
    [JsonIgnore]
    public string? Job { get; init; }

    public string? Vm { get; init; }

    public string? MachineId { get; init; }

    public string? Vault { get; init; }

    public Uri? VaultUrl { get; init; }

    /// <summary>Disks that the operator left out.</summary>
    public IReadOnlyList<string> ExcludedDisks { get; init; } = [];

    /// <summary>Disks to be read whole, each with its reason; <c>*</c> stands for all.</summary>
    public IReadOnlyDictionary<string, string> ReadWhole { get; init; } = new Dictionary<string, string>();

    /// <summary>application, fileSystem or crash; null: the best that can be had.</summary>
    public string? Wanted { get; init; }

    public bool AllowFallback { get; init; } = true;

    public int? FreezeDeadlineMilliseconds { get; init; }

    public long? ScratchBudgetBytes { get; init; }

    /// <summary>After this the outcome is of no use any more.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The point to restore, audit or boot; null for a backup, and for the newest point.</summary>
    public string? Snapshot { get; init; }

    public RestoreOrder? Restore { get; init; }
}
