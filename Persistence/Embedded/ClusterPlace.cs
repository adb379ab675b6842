using System.Security.Cryptography;
using System.Text;
using BackupOnline.Persistence.Connections;

namespace BackupOnline.Persistence.Embedded;

/// <summary>Where a new private cluster lies: in the data folder, or, when the account that runs it cannot reach that, in the system's state folder.</summary>
internal static class ClusterPlace
{
    private const string StateFolder = "/var/lib/backuponline";

    /// <summary>Makes the folder, owned by the account.</summary>
    public static async Task<string> MakeAsync(string dataFolder, ServiceAccount account)
    {
        var inside = Path.Combine(dataFolder, "postgres");
        if (await TryMakeAsync(inside, account))
            return inside;
        if (Directory.Exists(inside))
            Directory.Delete(inside);

        // A new name each time: a data folder that was deleted and made again must not find the database of its predecessor.
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataFolder)))[..12];
        var outside = Path.Combine(StateFolder, $"{name}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}");
        Directory.CreateDirectory(StateFolder);
        return await TryMakeAsync(outside, account)
            ? outside
            : throw new DatabaseRefusedException($"The user '{account.User}' that runs PostgreSQL can reach neither {inside} nor {outside}: choose another BACKUPONLINE_DATA, or set BACKUPONLINE_DB.");
    }

    private static async Task<bool> TryMakeAsync(string folder, ServiceAccount account)
    {
        if (account.User is not { } user)
        {
            PrivateFile.MakeFolder(folder);
            return true;
        }

        var install = new System.Diagnostics.ProcessStartInfo("install", ["-d", "-m", "700", "-o", user, folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return (await Command.RunAsync(install, "")).ExitCode == 0
            && (await Command.RunAsync(account.Command("test", ["-w", folder]), "")).ExitCode == 0;
    }
}
