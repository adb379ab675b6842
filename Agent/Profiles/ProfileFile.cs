using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Screens;
using Tomlyn;
using Tomlyn.Model;

namespace BackupOnline.Agent.Profiles;

/// <summary>The file of profiles: one table for each, which may inherit from another.</summary>
internal static class ProfileFile
{
    private const string FileName = "profiles.toml";

    /// <exception cref="AgentStop">No file, no such profile, or something in it that is not known.</exception>
    public static Profile Read(string? file, string name, Surroundings surroundings)
    {
        var path = Find(file, surroundings);
        var all = Parse(path);
        return new ProfileReader(name, Resolve(all, name, path, [])).Read();
    }

    private static string Find(string? file, Surroundings surroundings)
    {
        if ((file ?? surroundings.Variable("BACKUPONLINE_PROFILES")) is { Length: > 0 } named)
            return named;
        var home = surroundings.Variable("XDG_CONFIG_HOME") is { Length: > 0 } chosen
            ? chosen
            : Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
        string[] places = [Path.Join(home, "backuponline", FileName), Path.Join("/etc/backuponline", FileName)];
        return Array.Find(places, File.Exists) ?? throw new AgentStop(ExitCode.Fatal, ProfileSentences.NoFile, string.Join(", ", places));
    }

    private static TomlTable Parse(string path)
    {
        try
        {
            return TomlSerializer.Deserialize(File.ReadAllText(path), ProfileToml.Default.TomlTable) ?? new TomlTable();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AgentStop(ExitCode.Fatal, ProfileSentences.Unreadable, path, FileReason.Of(failure));
        }
        catch (TomlException malformed)
        {
            throw new AgentStop(ExitCode.Fatal, ProfileSentences.NotToml, path, malformed.Message);
        }
    }

    private static TomlTable Resolve(TomlTable all, string name, string path, HashSet<string> met)
    {
        if (!met.Add(name))
            throw new AgentStop(ExitCode.Fatal, ProfileSentences.Circle, name);
        if (!all.TryGetValue(name, out var found) || found is not TomlTable own)
            throw new AgentStop(ExitCode.Fatal, ProfileSentences.NoProfile, name, path, string.Join(", ", all.Keys));
        if (!own.TryGetValue("inherit", out var parent))
            return own;
        return parent is string above
            ? Merge(Resolve(all, above, path, met), own)
            : throw new AgentStop(ExitCode.Fatal, ProfileSentences.BadValue, name, "inherit", ProfileSentences.AText);
    }

    // Table into table; everything else, lists too, is replaced as a whole.
    private static TomlTable Merge(TomlTable below, TomlTable above)
    {
        var merged = new TomlTable();
        foreach (var (key, value) in below)
            merged[key] = value;
        foreach (var (key, value) in above)
            merged[key] = value is TomlTable inner && below.TryGetValue(key, out var other) && other is TomlTable outer ? Merge(outer, inner) : value;
        return merged;
    }
}
