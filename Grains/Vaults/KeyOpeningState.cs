using BackupOnline.Grains.Interfaces.Vaults;

namespace BackupOnline.Grains.Vaults;

/// <summary>An opening of the key by a person, as it is kept.</summary>
internal sealed record KeyOpeningState
{
    public const string Prefix = "opening:";

    public required string Id { get; init; }

    public required string Reason { get; init; }

    public required string PublicKey { get; init; }

    public required string RequestedBy { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public string? ApprovedBy { get; init; }

    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public string? Sealed { get; init; }

    public SealWanted Want => new() { Receiver = Prefix + Id, PublicKey = PublicKey };

    public bool IsOver(DateTimeOffset now) => now >= ExpiresAt;

    public KeyOpeningView ToView(DateTimeOffset now, bool withKey)
    {
        var standing = IsOver(now) ? KeyOpeningStanding.Expired
            : ApprovedAt is null ? KeyOpeningStanding.Requested
            : Sealed is null ? KeyOpeningStanding.Approved
            : KeyOpeningStanding.Sealed;
        return new()
        {
            Id = Id,
            Standing = standing,
            Reason = Reason,
            PublicKey = PublicKey,
            RequestedBy = RequestedBy,
            RequestedAt = RequestedAt,
            ApprovedBy = ApprovedBy,
            ApprovedAt = ApprovedAt,
            ExpiresAt = ExpiresAt,
            SealedKey = withKey && standing == KeyOpeningStanding.Sealed ? Sealed : null,
        };
    }
}
