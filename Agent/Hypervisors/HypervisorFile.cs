using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Profiles;
using BackupOnline.Agent.Screens;
using Tomlyn;
using Tomlyn.Model;

namespace BackupOnline.Agent.Hypervisors;

/// <summary>The file that describes a hypervisor host, <c>hypervisor.toml</c>.</summary>
internal static class HypervisorFile
{
    public const string DefaultPath = "/etc/backuponline/hypervisor.toml";
    public const string Variable = "BACKUPONLINE_HYPERVISOR";
    private const string Table = "host";
    private static readonly string[] Keys = ["driver", "scratch", "state", "restore", "format"];

    /// <summary>The flag, the variable, the usual place; null where there is none: a Hyper-V host needs no file.</summary>
    public static string? Find(string? flag, Surroundings surroundings) =>
        flag ?? (surroundings.Variable(Variable) is { Length: > 0 } named ? named : File.Exists(DefaultPath) ? DefaultPath : null);

    /// <exception cref="AgentStop">It cannot be read, or says something that is not known.</exception>
    public static HypervisorSettings Read(string? path)
    {
        var host = path is null ? new TomlTable() : HostOf(path, Parse(path));
        foreach (var unknown in host.Keys.Except(Keys))
            throw new AgentStop(ExitCode.Fatal, HypervisorSentences.UnknownKey, path!, $"{Table}.{unknown}", string.Join(", ", Keys));
        var driver = Text(path, host, "driver") ?? (OperatingSystem.IsWindows() ? HypervisorChoice.HyperV : HypervisorChoice.Qemu);
        var home = OperatingSystem.IsWindows()
            ? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "BackupOnLine")
            : "/var/lib/backuponline";
        return new HypervisorSettings
        {
            Driver = driver,
            ScratchFolder = Text(path, host, "scratch") ?? Path.Join(home, "scratch"),
            StateFolder = Text(path, host, "state") ?? Path.Join(home, "state"),
            RestoreFolder = Text(path, host, "restore") ?? Path.Join(home, "restored"),
            RestoreFormat = Text(path, host, "format") ?? (driver == HypervisorChoice.HyperV ? "vhdx" : "qcow2"),
        };
    }

    private static TomlTable Parse(string path)
    {
        try
        {
            return TomlSerializer.Deserialize(File.ReadAllText(path), ProfileToml.Default.TomlTable) ?? new TomlTable();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AgentStop(ExitCode.Fatal, HypervisorSentences.Unreadable, path, FileReason.Of(failure));
        }
        catch (TomlException malformed)
        {
            throw new AgentStop(ExitCode.Fatal, HypervisorSentences.NotToml, path, malformed.Message);
        }
    }

    private static TomlTable HostOf(string path, TomlTable file) => !file.TryGetValue(Table, out var found)
        ? new TomlTable()
        : found as TomlTable ?? throw new AgentStop(ExitCode.Fatal, HypervisorSentences.NotATable, path, Table);

    private static string? Text(string? path, TomlTable table, string key) => !table.TryGetValue(key, out var value)
        ? null
        : value as string is { Length: > 0 } text ? text : throw new AgentStop(ExitCode.Fatal, HypervisorSentences.NotAText, path!, $"{Table}.{key}");
}
