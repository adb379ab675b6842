using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.VirtualMachines;

namespace BackupOnline.Client.Jobs;

/// <summary>What an attempt is to do, with the vault's address.</summary>
internal sealed record AttemptOrder
{
    public required JobKind Kind { get; init; }

    public required string Vm { get; init; }

    public required string MachineId { get; init; }

    public required string Vault { get; init; }

    /// <summary>Null while the vault's node has not announced itself.</summary>
    public required string? VaultUrl { get; init; }

    public required ImmutableArray<string> ExcludedDisks { get; init; }

    /// <summary>Disks to read whole, each with its reason.</summary>
    public required ImmutableDictionary<string, string> ReadWhole { get; init; }

    public required VmConsistency Wanted { get; init; }

    public required bool AllowFallback { get; init; }

    public required int FreezeDeadlineMilliseconds { get; init; }

    public required long ScratchBudgetBytes { get; init; }

    /// <summary>No attempt begins from here on.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>The point to restore, audit or boot.</summary>
    public required string? Snapshot { get; init; }

    /// <summary>The disk to audit.</summary>
    public required string? Disk { get; init; }

    public required VmRestoreOrder? Restore { get; init; }

    public static AttemptOrder Of(VmOrder order, string? vaultUrl) => new()
    {
        Kind = order.Kind,
        Vm = order.Vm,
        MachineId = order.MachineId,
        Vault = order.Vault,
        VaultUrl = vaultUrl,
        ExcludedDisks = order.ExcludedDisks,
        ReadWhole = order.ReadWhole,
        Wanted = order.Wanted,
        AllowFallback = order.AllowFallback,
        FreezeDeadlineMilliseconds = order.FreezeDeadlineMilliseconds,
        ScratchBudgetBytes = order.ScratchBudgetBytes,
        Deadline = order.Deadline,
        Snapshot = order.Snapshot,
        Disk = order.Disk,
        Restore = order.Restore,
    };
}
