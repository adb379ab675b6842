using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Names;

namespace BackupOnline.Silo.Access;

/// <summary>An operator's key as it lies in its file. Its text is a secret: never log it.</summary>
internal sealed class OperatorKey(string keyId, string secret)
{
    public string KeyId { get; } = keyId;

    public string Secret { get; } = secret;

    public string Text => SecretText.FormatAccessKey(KeyringKey.Operators, KeyId, Secret);

    /// <summary>Null when the text is no operator's key.</summary>
    public static OperatorKey? Parse(string text) =>
        text.Split('_') is ["bo", KeyringKey.Operators, var keyId, var secret] ? new(keyId, secret) : null;
}
