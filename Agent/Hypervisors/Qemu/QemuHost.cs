using BackupOnline.Agent.Profiles;
using Tomlyn;
using Tomlyn.Model;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>The QEMU machines of a host, from a TOML file; docs/hot-backup-qemu.md describes it.</summary>
/// <param name="StateFolder">Where the driver remembers what it is about to do to a machine.</param>
internal sealed record QemuHost(string StateFolder, IReadOnlyList<QemuMachine> Machines)
{
    // The kernel takes at most 107 bytes of path for a unix socket.
    private const int LongestSocket = 107;
    private static readonly string[] s_known = ["state_folder", "host", "machine"];
    private static readonly string[] s_machineKeys = ["id", "name", "qmp", "agent", "freeze_hooks", "configuration"];

    /// <exception cref="HypervisorException">Operator: what is wrong with the file, and where.</exception>
    public static QemuHost Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, $"cannot be read: {failure.Message}", failure);
        }
    }

    public static QemuHost Parse(string text, string path)
    {
        TomlTable table;
        try
        {
            table = TomlSerializer.Deserialize(text, ProfileToml.Default.TomlTable) ?? [];
        }
        catch (TomlException malformed)
        {
            throw Wrong(path, malformed.Message, malformed);
        }

        if (table.Keys.FirstOrDefault(key => !s_known.Contains(key)) is { } stranger)
            throw Wrong(path, $"'{stranger}' is not known; known are {string.Join(", ", s_known)}");
        var folder = Text(table, "state_folder", path, "the file") ?? throw Wrong(path, "state_folder is missing: a folder that survives a restart of the host");
        if (!table.TryGetValue("machine", out var list) || list is not TomlTableArray machines || machines.Count == 0)
            throw Wrong(path, "no [[machine]] in it");
        var read = machines.Select((machine, number) => Machine(machine, number + 1, path)).ToList();
        foreach (var twice in read.GroupBy(one => one.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
            throw Wrong(path, $"two machines have the id {twice.Key}");
        foreach (var twice in read.GroupBy(one => one.Monitor, StringComparer.Ordinal).Where(group => group.Count() > 1))
            throw Wrong(path, $"two machines have the monitor {twice.Key}");
        return new QemuHost(folder, read);
    }

    private static QemuMachine Machine(TomlTable table, int number, string path)
    {
        var where = $"machine {number}";
        if (table.Keys.FirstOrDefault(key => !s_machineKeys.Contains(key)) is { } stranger)
            throw Wrong(path, $"{where}: '{stranger}' is not known; known are {string.Join(", ", s_machineKeys)}");
        var id = Text(table, "id", path, where) ?? throw Wrong(path, $"{where}: id is missing");
        var monitor = Text(table, "qmp", path, where) ?? throw Wrong(path, $"{where}: qmp is missing: the unix socket of a monitor of its own");
        var agent = Text(table, "agent", path, where);
        foreach (var socket in new[] { monitor, agent }.OfType<string>().Where(socket => System.Text.Encoding.UTF8.GetByteCount(socket) > LongestSocket))
            throw Wrong(path, $"{where}: {socket} is longer than a socket's path may be ({LongestSocket} bytes)");
        var hooks = table.TryGetValue("freeze_hooks", out var flag) ? flag as bool? ?? throw Wrong(path, $"{where}: freeze_hooks is true or false") : false;
        return new QemuMachine(id, Text(table, "name", path, where) ?? id, monitor, agent, hooks, Texts(table, "configuration", path, where));
    }

    private static string? Text(TomlTable table, string key, string path, string where) =>
        !table.TryGetValue(key, out var value) ? null
        : value is string { Length: > 0 } text ? text
        : throw Wrong(path, $"{where}: {key} has to be a text that is not empty");

    private static List<string> Texts(TomlTable table, string key, string path, string where) =>
        !table.TryGetValue(key, out var value) ? []
        : value is TomlArray array && array.All(one => one is string { Length: > 0 }) ? [.. array.OfType<string>()]
        : throw Wrong(path, $"{where}: {key} has to be a list of texts");

    private static HypervisorException Wrong(string path, string what, Exception? inner = null) =>
        new(HypervisorFault.Operator, "host-file-wrong", $"{path}: {what}.", inner);
}
