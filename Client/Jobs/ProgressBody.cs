using System.ComponentModel.DataAnnotations;
using BackupOnline.Client.Answers;
using BackupOnline.Grains.Interfaces.Jobs;

namespace BackupOnline.Client.Jobs;

internal sealed record ProgressBody : CheckedBody
{
    [Range(1, int.MaxValue, ErrorMessage = "must be 1 or more.")]
    public required int Attempt { get; init; }

    [Counters]
    public required JobProgress Progress { get; init; }
}
