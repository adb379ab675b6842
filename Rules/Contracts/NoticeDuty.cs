using System.Globalization;
using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>One thing that the customer has to be told. Days are civil days in the contract's zone.</summary>
public sealed record NoticeDuty
{
    public const string TerminationReceipt = "termination-receipt";
    public const string ErasureWarning = "erasure-warning";
    public const string ErasureCertificate = "erasure-certificate";

    public required string Id { get; init; }

    public required NoticeSubject Subject { get; init; }

    /// <summary>The day on which it should go out.</summary>
    public required LocalDate DueOn { get; init; }

    /// <summary>First and last day on which it is valid, both inclusive.</summary>
    public required NoticeWindow Window { get; init; }

    /// <summary>The first one that was given within the window, else the last one that was given at all, else null.</summary>
    public GivenNotice? Given { get; init; }

    /// <summary>Given within the window.</summary>
    public bool IsValid => Given is not null && Window.Contains(Given.SentOn);

    /// <summary>The id of the notice that period <paramref name="index"/> will renew: <c>renewal-2</c>.</summary>
    public static string RenewalOf(int index) => string.Create(CultureInfo.InvariantCulture, $"renewal-{index}");
}
