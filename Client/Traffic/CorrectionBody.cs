using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Traffic;

internal sealed record CorrectionBody : CheckedBody
{
    /// <summary>The percentile that counts from now on, in bytes per slot: below the present one.</summary>
    [ByteCount]
    public required long P95Bytes { get; init; }

    /// <summary>Goes into the tenant's log.</summary>
    [PlainText(1, 500)]
    public required string Reason { get; init; }
}
