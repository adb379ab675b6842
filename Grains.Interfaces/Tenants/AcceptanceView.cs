namespace BackupOnline.Grains.Interfaces.Tenants;

/// <summary>One acceptance: document, version, hash of the text, who, when, from where.</summary>
[GenerateSerializer, Immutable, Alias("bo.tenant.acceptance")]
public sealed record AcceptanceView
{
    [Id(0)] public required string Document { get; init; }

    [Id(1)] public required string Version { get; init; }

    [Id(2)] public required string TextSha256 { get; init; }

    [Id(3)] public required string AcceptedBy { get; init; }

    [Id(4)] public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>Network address, or null when the order was taken by an operator without one.</summary>
    [Id(5)] public string? Address { get; init; }
}
