using System.Text;
using BackupOnline.Grains.Interfaces.Names;

namespace BackupOnline.Grains.Interfaces.Availability;

/// <summary>The parts into which the vaults fall, so that several probers can share them.</summary>
public static class ProbeShard
{
    public const int Count = 64;

    /// <summary>0 to 63; the same in every process and version.</summary>
    public static int Of(VaultKey vault) => (int)(Hash($"{vault.Tenant}/{vault.Vault}") % Count);

    /// <summary>FNV-1a with 64 bits and a final mix, so that all bits depend on every character. Not for secrets.</summary>
    public static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var octet in Encoding.UTF8.GetBytes(text))
            hash = unchecked((hash ^ octet) * 1099511628211UL);

        hash ^= hash >> 32;
        hash = unchecked(hash * 0xD6E8FEB86659FD93UL);
        return hash ^ (hash >> 32);
    }
}
