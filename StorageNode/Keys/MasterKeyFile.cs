using BackupOnline.StorageNode.Disks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Keys;

/// <summary>
/// The master key's file: outside the data folder, for its owner's eyes only. Read anew for each use, so that a change needs no restart. Made at the first use of
/// a node, and never again: beside the vaults lies the id of the key that was used last, so that a lost file is told as lost.
/// </summary>
internal sealed partial class MasterKeyFile(IOptions<ShelfOptions> options, ILogger<MasterKeyFile> logger)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly Lock _lock = new();

    private string LastUsedPath => Path.Combine(Path.GetDirectoryName(options.Value.VaultsFolder)!, "master-key-id");

    /// <summary>The keys, the one to wrap with first.</summary>
    /// <exception cref="KeyFaultException">The file is missing, unsafe, unreadable or another one.</exception>
    public IReadOnlyList<MasterKey> Read()
    {
        lock (_lock)
        {
            var path = PathOfFile();
            var lastUsed = File.Exists(LastUsedPath) ? File.ReadAllText(LastUsedPath).Trim() : null;
            if (!File.Exists(path))
            {
                if (lastUsed is not null)
                    throw new KeyFaultException("master-key-missing", $"The master key file '{path}' is gone; hot vaults are wrapped with key {lastUsed}. Put the file back from its copy.");
                Make(path);
            }

            var keys = ReadSafely(path);
            if (lastUsed is not null && keys.All(key => key.Id != lastUsed))
                throw new KeyFaultException("master-key-other", $"The master key file '{path}' does not hold key {lastUsed}, which was used last. Put its line back below the new one, or the right file in its place.");
            if (keys[0].Id != lastUsed)
                Durable.WriteSmall(LastUsedPath, System.Text.Encoding.ASCII.GetBytes(keys[0].Id + "\n"));
            return keys;
        }
    }

    private static IReadOnlyList<MasterKey> ReadSafely(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
                throw new KeyFaultException("master-key-unsafe", $"The master key file '{path}' can be read or changed by others than its owner. Run 'chmod 600' on it, and think about who may have read it.");
            return MasterKeyText.Read(File.ReadAllText(path)) is { Count: > 0 } keys
                ? keys
                : throw new KeyFaultException("master-key-damaged", $"The master key file '{path}' holds something else than keys. Put it back from its copy.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyFaultException("master-key-unreadable", $"The master key file '{path}' cannot be read: {e.Message} Run the silo as its owner, or look at the disk.");
        }
    }

    private string PathOfFile()
    {
        var path = Path.GetFullPath(options.Value.MasterKeyFile ?? DefaultPath());
        var data = Path.GetFullPath(options.Value.DataFolder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        return path.StartsWith(data, StringComparison.Ordinal)
            ? throw new KeyFaultException("master-key-in-data", $"The master key file '{path}' lies in the data folder: whoever takes that would have both. Name another place in BACKUPONLINE_MASTER_KEY_FILE.")
            : path;
    }

    private static string DefaultPath()
    {
        if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows())
            return "/etc/backuponline/master.key";
        var settings = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return settings.Length > 0
            ? Path.Combine(settings, "backuponline", "master.key")
            : throw new KeyFaultException("master-key-no-place", "This user has no folder for settings: name a file for the master key in BACKUPONLINE_MASTER_KEY_FILE.");
    }

    // Written beside its place, then linked there: a file that another silo of this machine made meanwhile stays.
    private void Make(string path)
    {
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            if (!Directory.Exists(folder) && !OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
            Directory.CreateDirectory(folder);
            var temporary = $"{path}.{Guid.NewGuid():N}";
            var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                creation.UnixCreateMode = OwnerOnly;
            var key = MasterKey.NewRandom();
            using (var file = new FileStream(temporary, creation))
            {
                file.Write(MasterKeyText.Write(key));
                file.Flush(flushToDisk: true);
            }

            try
            {
                File.Move(temporary, path, overwrite: false);
                Durable.FlushFolder(folder);
                LogMade(path, key.Id);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(temporary);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyFaultException("master-key-not-made", $"The master key file '{path}' cannot be made: {e.Message} Name another place in BACKUPONLINE_MASTER_KEY_FILE, or let this user write there.");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "MasterKeyMade {Path} {KeyId}: keep a copy of this file in a safe place, apart from database and data. Without it nobody can read the backups of hot vaults")]
    private partial void LogMade(string path, string keyId);
}
