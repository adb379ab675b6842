using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Contracts;

internal sealed record ChangePriceBody : CheckedBody
{
    /// <summary>From the next period on.</summary>
    [Cents]
    public required long PriceCents { get; init; }
}
