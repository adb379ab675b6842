namespace BackupOnline.Client.Hosts;

/// <summary>What the agent shows to the shelf.</summary>
internal sealed record EnrolledCredential
{
    public required string KeyId { get; init; }

    public required string Secret { get; init; }

    public override string ToString() => $"{nameof(EnrolledCredential)} {KeyId}";
}
