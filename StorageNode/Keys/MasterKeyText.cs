using System.Text;

namespace BackupOnline.StorageNode.Keys;

/// <summary>What stands in the master key file: a line per key, the newest first, and comments.</summary>
internal static class MasterKeyText
{
    private const string Mark = "backuponline-master-key-v1 ";

    public static byte[] Write(MasterKey key) => Encoding.ASCII.GetBytes(
        $"""
        # Master key of BackupOnLine's hot vaults on this storage node. Without it nobody can read their backups: keep a copy of this file in a safe place, apart
        # from the database and from the data folder. To change it, put a new line above the old one and keep the old one below.
        {Mark}{Convert.ToBase64String(key.Bytes)}

        """);

    /// <summary>The keys in the order of their lines; null when a line is neither a key, nor a comment, nor empty.</summary>
    public static IReadOnlyList<MasterKey>? Read(string text)
    {
        var keys = new List<MasterKey>();
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#'))
        {
            var bytes = new byte[Sodium.KeyBytes + 1];
            if (!line.StartsWith(Mark, StringComparison.Ordinal) || !Convert.TryFromBase64String(line[Mark.Length..].Trim(), bytes, out var length) || length != Sodium.KeyBytes)
                return null;
            keys.Add(new MasterKey(bytes[..length]));
        }

        return keys;
    }
}
