using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>The data is gone.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.certify-erasure")]
public sealed record CertifyErasure
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>SHA-256 of the certificate, 64 lowercase hexadecimal digits.</summary>
    [Id(1)] public required string CertificateSha256 { get; init; }
}
