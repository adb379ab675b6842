using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Traffic;

internal sealed record SetBurstBody : CheckedBody
{
    /// <summary>kbit/s, from the limit to 100 000 000; null gives the burst back to the policy.</summary>
    public required long? BurstKbps { get; init; }

    /// <summary>Goes into the tenant's log.</summary>
    [PlainText(1, 500)]
    public required string Reason { get; init; }
}
