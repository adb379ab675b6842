using System.ComponentModel.DataAnnotations;
using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Contracts;

internal sealed record CertifyErasureBody : CheckedBody
{
    /// <summary>SHA-256 of the certificate.</summary>
    [RegularExpression("^[0-9a-f]{64}$", ErrorMessage = "must be a SHA-256: 64 lowercase hexadecimal digits.")]
    public required string CertificateSha256 { get; init; }
}
