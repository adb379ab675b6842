using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Objects;

namespace BackupOnline.StorageNode.Protocol;

/// <summary>Decision 16, for what is stored; <see cref="Deletion"/> has the rest.</summary>
internal static class Scopes
{
    public static string Word(CredentialScope scope) => scope switch
    {
        CredentialScope.Restore => "restore",
        CredentialScope.Append => "append",
        CredentialScope.Prune => "prune",
        _ => "unknown",
    };

    /// <summary>Whether a credential may store an object of this type; null asks for the vault's folders.</summary>
    public static bool MayStore(CredentialScope scope, ObjectType? type) => scope switch
    {
        CredentialScope.Append or CredentialScope.Prune => true,
        CredentialScope.Restore => type == ObjectType.Locks,
        _ => false,
    };
}
