using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Tenants;

[GenerateSerializer, Immutable, Alias("bo.tenant.accept")]
public sealed record AcceptTerms
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>Which document: <c>general-conditions</c> or <c>specific-conditions</c>.</summary>
    [Id(1)] public required string Document { get; init; }

    /// <summary>The document's version, 1 to 40 characters.</summary>
    [Id(2)] public required string Version { get; init; }

    /// <summary>SHA-256 of the accepted text, 64 lowercase hexadecimal digits.</summary>
    [Id(3)] public required string TextSha256 { get; init; }

    /// <summary>The person who accepted, as the customer states it; 1 to 200 characters.</summary>
    [Id(4)] public required string AcceptedBy { get; init; }
}
