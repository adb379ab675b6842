using System.ComponentModel.DataAnnotations;
using BackupOnline.Client.Answers;
using BackupOnline.Grains.Interfaces.VirtualMachines;

namespace BackupOnline.Client.VirtualMachines;

internal sealed record RestoreVmBody : CheckedBody
{
    /// <summary>The point to restore.</summary>
    [RegularExpression("^[0-9a-f]{64}$", ErrorMessage = "must be a snapshot's id: 64 lowercase hexadecimal digits.")]
    public required string Snapshot { get; init; }

    /// <summary>Name of the new machine, or of the folder of images.</summary>
    [PlainText(1, 100)]
    public required string Name { get; init; }

    /// <summary>A folder on the host for image files; null makes a new machine, powered off, its network disconnected.</summary>
    [PlainText(1, 500)]
    public string? Folder { get; init; }

    public VmImageFormat Format { get; init; }
}
