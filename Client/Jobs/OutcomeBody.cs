using System.ComponentModel.DataAnnotations;
using BackupOnline.Client.Answers;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.VirtualMachines;

namespace BackupOnline.Client.Jobs;

internal sealed record OutcomeBody : CheckedBody
{
    [Range(1, int.MaxValue, ErrorMessage = "must be 1 or more.")]
    public required int Attempt { get; init; }

    /// <summary>0 succeeded, 3 partial, anything else failed.</summary>
    [Range(0, 255, ErrorMessage = "must be an exit code, 0 to 255.")]
    public required int ExitCode { get; init; }

    [RegularExpression("^[0-9a-f]{64}$", ErrorMessage = "must be a snapshot's id: 64 lowercase hexadecimal digits.")]
    public string? Snapshot { get; init; }

    /// <summary>One sentence for a person, without a secret.</summary>
    [PlainText(0, 500)]
    public string? Message { get; init; }

    [Counters]
    public JobProgress? Progress { get; init; }

    /// <summary>The recovery point that a backup of a virtual machine made; it needs one when it has done its work.</summary>
    public VmPoint? Point { get; init; }

    /// <summary>Why an attempt of the service's own work failed: decides with whether and when it is tried again.</summary>
    public VmFailure? Failure { get; init; }

    /// <summary>What an audit of change tracking found.</summary>
    public VmAudit? Audit { get; init; }

    /// <summary>What a boot test found; the picture is base64 of a PNG of at most 512 KiB.</summary>
    public VmBoot? Boot { get; init; }
}
