using System.Globalization;
using BackupOnline.Persistence.Connections;

namespace BackupOnline.Persistence.Embedded;

/// <summary>One private PostgreSQL cluster: made, started, found running, stopped. Everything here happens under the data folder's lock.</summary>
internal sealed class PostgresServer(DatabaseSecrets secrets, ServiceAccount account)
{
    public const string Owner = "backuponline_owner";

    private string Cluster => Path.Combine(secrets.Folder, "cluster");

    private string PidFile => Path.Combine(Cluster, "postmaster.pid");

    /// <summary>The port of the running server, or null when none runs on this cluster.</summary>
    public int? RunningPort()
    {
        if (ReadPidFile() is not { } lines || !int.TryParse(lines[0], out var pid) || !WorksIn(pid, Cluster))
            return null;
        return lines.Length > 3 && int.TryParse(lines[3], out var port) ? port : secrets.Port;
    }

    /// <summary>Makes the cluster unless it is there. It gets its name last: half a cluster is made anew.</summary>
    public async Task MakeAsync()
    {
        if (File.Exists(Path.Combine(Cluster, "PG_VERSION")))
            return;
        var fresh = Cluster + ".new";
        var password = Path.Combine(secrets.Folder, "password");
        if (Directory.Exists(fresh))
            Directory.Delete(fresh, recursive: true);
        await RequireAsync("write the first password", "sh", ["-c", "umask 077 && cat > \"$1\"", "sh", password], secrets.OwnerPassword);
        await RequireAsync(
            "make the database cluster",
            Path.Combine(Executables.PostgresFolder(), "initdb"),
            ["-D", fresh, "-U", Owner, $"--pwfile={password}", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--data-checksums"],
            "");
        File.Delete(password);
        Directory.Move(fresh, Cluster);
    }

    /// <summary>Starts the server. <c>pg_ctl</c> gives it a process session of its own: it outlives us, and a Ctrl+C in our terminal does not reach it.</summary>
    public async Task StartAsync()
    {
        RemoveStalePidFile();
        string[] settings =
        [
            $"port={secrets.Port.ToString(CultureInfo.InvariantCulture)}", "listen_addresses=127.0.0.1", "unix_socket_directories=",
            "fsync=on", "full_page_writes=on", "synchronous_commit=on", "password_encryption=scram-sha-256", "max_connections=200",
            "logging_collector=on", "log_directory=../log", "log_filename=postgres-%a.log", "log_truncate_on_rotation=on", "log_rotation_age=1d", "log_rotation_size=0",
        ];
        var options = string.Join(' ', settings.Select(s => $"-c {s}"));
        await RequireAsync("start", PgCtl(), ["start", "-D", Cluster, "-w", "-t", "120", "-s", "-l", Path.Combine(secrets.Folder, "start.log"), "-o", options], "");
    }

    /// <summary>Ends connections and writes everything out ("fast").</summary>
    public Task StopAsync() =>
        RequireAsync("stop", PgCtl(), ["stop", "-D", Cluster, "-m", "fast", "-w", "-t", "60", "-s"], "");

    private string PgCtl() => Path.Combine(Executables.PostgresFolder(File.ReadAllText(Path.Combine(Cluster, "PG_VERSION")).Trim()), "pg_ctl");

    // After a power cut the file's pid may be another program's by now, which PostgreSQL would take for a server. It goes only when no process works in the cluster.
    private void RemoveStalePidFile()
    {
        if (ReadPidFile() is { } lines && int.TryParse(lines[0], out var pid) && ProcessIdentity.Read(pid) is not null && !AnyProcessWorksIn(Cluster))
            File.Delete(PidFile);
    }

    private string[]? ReadPidFile()
    {
        try
        {
            return File.ReadAllLines(PidFile) is { Length: > 0 } lines ? lines : null;
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static bool AnyProcessWorksIn(string folder) =>
        Directory.GetDirectories("/proc").Any(p => int.TryParse(Path.GetFileName(p), out var pid) && WorksIn(pid, folder));

    // A server's working folder is its cluster.
    private static bool WorksIn(int pid, string folder)
    {
        try
        {
            return ProcessIdentity.Read(pid) is not null
                && new DirectoryInfo($"/proc/{pid}/cwd").LinkTarget is { } target
                && target == (new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private async Task RequireAsync(string what, string file, string[] arguments, string input)
    {
        var (code, output) = await Command.RunAsync(account.Command(file, arguments), input);
        if (code != 0)
            throw new DatabaseRefusedException($"The private PostgreSQL in {secrets.Folder} could not {what}: {output} (see start.log and the folder log there).");
    }
}
