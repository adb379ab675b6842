namespace BackupOnline.StorageNode.Keys;

/// <summary>The key of a hot vault cannot be used until a person has put something right. The message says what, and holds no secret.</summary>
internal sealed class KeyFaultException(string code, string advice) : Exception(advice)
{
    /// <summary>Stable, kebab-case.</summary>
    public string Code { get; } = code;
}
