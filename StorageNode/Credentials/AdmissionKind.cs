namespace BackupOnline.StorageNode.Credentials;

internal enum AdmissionKind
{
    /// <summary>Missing, malformed, unknown, wrong or revoked: 401, and nobody learns which.</summary>
    Refused,

    Granted,

    /// <summary>Good, but of another vault, or of a vault that another node holds: 404.</summary>
    Elsewhere,

    /// <summary>Good, but its tenant is suspended: 403.</summary>
    Suspended,

    /// <summary>Too many wrong tries: 429.</summary>
    Throttled,

    /// <summary>The vault's grain does not answer, and nothing fresh enough is remembered: 503.</summary>
    Unreachable,
}
