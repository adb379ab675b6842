using BackupOnline.Client.Answers;
using BackupOnline.Grains.Interfaces.Availability;

namespace BackupOnline.Client.Availability;

internal sealed record CorrectOutageBody : CheckedBody
{
    /// <summary>First minute, inclusive; without seconds.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive, without seconds, in the same civil month.</summary>
    public required DateTimeOffset Until { get; init; }

    public required OutageCause Cause { get; init; }

    /// <summary>True: these minutes were down, whatever the probes saw. False: only those that were down get the cause.</summary>
    public bool Declared { get; init; }

    /// <summary>Goes into the customer's log.</summary>
    [PlainText(1, 500)]
    public required string Reason { get; init; }
}
