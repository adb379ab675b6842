namespace BackupOnline.Grains.Interfaces.Names;

/// <summary>Key of an AuditLog grain, <c>log/acme</c>. The log named <see cref="Provider"/> holds what belongs to no tenant.</summary>
public readonly record struct LogKey(string Scope)
{
    /// <summary>The provider's own log; no tenant can bear this name.</summary>
    public const string Provider = "provider";

    public override string ToString() => $"log/{Scope}";

    public static LogKey Parse(string key) => new(KeyText.Split(key, "log", 1)[0]);
}
