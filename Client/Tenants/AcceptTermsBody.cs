using System.ComponentModel.DataAnnotations;
using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Tenants;

internal sealed record AcceptTermsBody : CheckedBody
{
    [RegularExpression("^(general|specific)-conditions$", ErrorMessage = "must be one of: general-conditions, specific-conditions.")]
    public required string Document { get; init; }

    /// <summary>The document's version.</summary>
    [PlainText(1, 40)]
    public required string Version { get; init; }

    /// <summary>SHA-256 of the accepted text.</summary>
    [RegularExpression("^[0-9a-f]{64}$", ErrorMessage = "must be a SHA-256: 64 lowercase hexadecimal digits.")]
    public required string TextSha256 { get; init; }

    /// <summary>The person who accepted.</summary>
    [PlainText(1, 200)]
    public required string AcceptedBy { get; init; }
}
