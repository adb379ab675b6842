namespace BackupOnline.Client.Contracts;

/// <summary>What a signed message is worth.</summary>
internal enum WebhookVerdict
{
    Good = 0,

    /// <summary>Without its three headers, malformed, or signed by somebody else.</summary>
    Forged = 1,

    /// <summary>Well signed, but outside the tolerance: repeated late, or by a clock that is wrong.</summary>
    Stale = 2,
}
