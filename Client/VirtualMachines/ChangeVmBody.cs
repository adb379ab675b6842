using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using BackupOnline.Client.Answers;
using BackupOnline.Grains.Interfaces.VirtualMachines;

namespace BackupOnline.Client.VirtualMachines;

internal sealed record ChangeVmBody : CheckedBody
{
    /// <summary>When the daily backup may begin at the earliest: <c>HH:mm</c> in Europe/Paris.</summary>
    [RegularExpression("^([01][0-9]|2[0-3]):[0-5][0-9]$", ErrorMessage = "must be HH:mm, 00:00 to 23:59.")]
    public required string WindowStart { get; init; }

    /// <summary>How long after it the backup may begin, 0 to 24 hours: <c>06:00:00</c>. The place in the window is given by the name, so that machines do not all begin at once.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ErrorMessage = "must be 00:00:00 to 1.00:00:00 (24 hours).", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public required TimeSpan WindowLength { get; init; }

    /// <summary>The consistency that points should have.</summary>
    public VmConsistency Wanted { get; init; } = VmConsistency.Application;

    /// <summary>Whether a weaker point is better than none.</summary>
    public bool AllowFallback { get; init; } = true;

    /// <summary>Ids of disks that are left out: at most 64.</summary>
    [DiskIds]
    public ImmutableArray<string> ExcludedDisks { get; init; } = [];
}
