namespace BackupOnline.Grains.Interfaces.Names;

/// <summary>Key of a Keyring grain, <c>keyring/acme</c>: the access keys of one tenant, or of the provider's operators.</summary>
public readonly record struct KeyringKey(string Scope)
{
    /// <summary>The ring of the provider's operators; no tenant can bear this name.</summary>
    public const string Operators = "provider";

    public override string ToString() => $"keyring/{Scope}";

    public static KeyringKey Parse(string key) => new(KeyText.Split(key, "keyring", 1)[0]);
}
