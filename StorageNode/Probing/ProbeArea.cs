using BackupOnline.StorageNode.Disks;
using BackupOnline.StorageNode.Vaults;
using Microsoft.Win32.SafeHandles;

namespace BackupOnline.StorageNode.Probing;

/// <summary>
/// The probes' objects of one vault, <c>.shelf/probe/</c> on the disk: written on the very way that uploads take, neither listed nor counted nor kept.
/// Every method may wait for the disk: call it on the <see cref="DiskCrew"/>.
/// </summary>
internal static class ProbeArea
{
    /// <summary>Objects at once; a prober deletes its own within seconds.</summary>
    public const int MostObjects = 16;

    /// <summary>What a prober that died left behind goes after this long.</summary>
    public static readonly TimeSpan Leftover = TimeSpan.FromMinutes(10);

    /// <summary>Whether another probe may be written; removes leftovers first. A bound and not a count: two at once may both be let in.</summary>
    public static bool MayWrite(VaultFolder folder, DateTimeOffset now)
    {
        if (!Directory.Exists(folder.Probes))
            return true;

        var left = 0;
        foreach (var path in Directory.EnumerateFiles(folder.Probes))
        {
            if (now - File.GetLastWriteTimeUtc(path) > Leftover)
                File.Delete(path);
            else
                left++;
        }

        return left < MostObjects;
    }

    /// <summary>Hash, temporary file, fsync, rename, fsync of the folder. False when the bytes do not match the name; nothing is kept then.</summary>
    public static bool Write(VaultFolder folder, string name, ReadOnlySpan<byte> bytes)
    {
        folder.Create();
        using var upload = Incoming.ToFile(folder, bytes.Length);
        upload.Append(bytes);
        if (upload.Name() != name)
            return false;

        upload.Flush();
        Durable.CreateFolder(folder.Probes);
        upload.MoveTo(PathOf(folder, name));
        Durable.FlushFolder(folder.Probes);
        return true;
    }

    /// <summary>Null when there is no such probe.</summary>
    public static byte[]? Read(VaultFolder folder, string name)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(PathOf(folder, name));
            var bytes = new byte[RandomAccess.GetLength(file)];
            return RandomAccess.Read(file, bytes, 0) == bytes.Length ? bytes : throw new IOException($"A probe is shorter than its length says: '{name}'.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public static void Delete(VaultFolder folder, string name)
    {
        if (!Directory.Exists(folder.Probes))
            return;

        File.Delete(PathOf(folder, name));
        Durable.FlushFolder(folder.Probes);
    }

    private static string PathOf(VaultFolder folder, string name) => Path.Combine(folder.Probes, name);
}
