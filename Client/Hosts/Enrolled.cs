namespace BackupOnline.Client.Hosts;

/// <summary>What a host takes home from its enrolment; shown this once.</summary>
internal sealed record Enrolled
{
    public required string Tenant { get; init; }

    public required string Host { get; init; }

    public required string Vault { get; init; }

    /// <summary>What the agent says at the door from now on, <c>boh_...</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The vault's address; null while its node has not announced itself.</summary>
    public required string? Url { get; init; }

    /// <summary>Append credential for the vault.</summary>
    public required EnrolledCredential Credential { get; init; }

    public override string ToString() => $"{nameof(Enrolled)} {Tenant}/{Host}";
}
