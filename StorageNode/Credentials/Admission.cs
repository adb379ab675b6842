using BackupOnline.Grains.Interfaces.Vaults;

namespace BackupOnline.StorageNode.Credentials;

/// <summary>What the gate says to one request.</summary>
internal sealed record Admission
{
    private Admission(AdmissionKind kind) => Kind = kind;

    public static Admission Refused { get; } = new(AdmissionKind.Refused);

    public static Admission Suspended { get; } = new(AdmissionKind.Suspended);

    public static Admission Unreachable { get; } = new(AdmissionKind.Unreachable) { RetryAfter = TimeSpan.FromSeconds(5) };

    public AdmissionKind Kind { get; }

    /// <summary>Only when granted.</summary>
    public string? KeyId { get; private init; }

    /// <summary>When granted or elsewhere.</summary>
    public CredentialVerdict? Verdict { get; private init; }

    /// <summary>True for the availability prober's credential: for <c>.probe/</c>, and for nothing else.</summary>
    public bool IsProbe => Verdict?.Standing == CredentialStanding.Probe;

    /// <summary>Whose credential it is: when granted or elsewhere. The connection is this tenant's (decision 21).</summary>
    public string? Tenant { get; private init; }

    public TimeSpan RetryAfter { get; private init; }

    public static Admission Granted(string tenant, string keyId, CredentialVerdict verdict) => new(AdmissionKind.Granted) { Tenant = tenant, KeyId = keyId, Verdict = verdict };

    public static Admission Elsewhere(string tenant, CredentialVerdict verdict) => new(AdmissionKind.Elsewhere) { Tenant = tenant, Verdict = verdict };

    public static Admission Throttled(TimeSpan after) => new(AdmissionKind.Throttled) { RetryAfter = after };
}
