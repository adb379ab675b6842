using System.Diagnostics;
using BackupOnline.Persistence.Connections;

namespace BackupOnline.Persistence.Embedded;

/// <summary>Who runs PostgreSQL: ourselves, or, when we are root (which PostgreSQL refuses), an unprivileged user.</summary>
internal sealed class ServiceAccount
{
    private readonly string? _user;
    private readonly string? _group;

    private ServiceAccount(string? user, string? group) => (_user, _group) = (user, group);

    /// <summary>Null when PostgreSQL runs as we do.</summary>
    public string? User => _user;

    public static ServiceAccount Choose()
    {
        if (!Environment.IsPrivilegedProcess)
            return new(null, null);
        foreach (var wanted in (string[])["postgres", "nobody"])
        {
            foreach (var line in File.ReadLines("/etc/passwd"))
            {
                // name:password:uid:gid:...
                if (line.Split(':') is [var name, _, _, var group, ..] && name == wanted)
                    return new(name, group);
            }
        }

        throw new DatabaseRefusedException("PostgreSQL does not run as root, and neither the user 'postgres' nor 'nobody' exists: start the silo as another user, or set BACKUPONLINE_DB.");
    }

    /// <summary>The command as this account, with an environment in which nothing of PostgreSQL's own variables is set.</summary>
    public ProcessStartInfo Command(string file, IEnumerable<string> arguments)
    {
        string[] command = _user is null ? [file, .. arguments] : [.. Drop(), file, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    private string[] Drop()
    {
        if (Executables.Find("setpriv") is { } setpriv)
            return [setpriv, $"--reuid={_user}", $"--regid={_group}", "--init-groups", "--"];
        if (Executables.Find("runuser") is { } runuser)
            return [runuser, "-u", _user!, "--"];
        throw new DatabaseRefusedException("PostgreSQL does not run as root, and neither setpriv nor runuser is here: install util-linux, or start the silo as another user.");
    }
}
