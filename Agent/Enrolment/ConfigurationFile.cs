using System.Text.Json;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Files;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Enrolment;

/// <summary>Reads and writes the agent's configuration: whole or not at all, for its owner only.</summary>
internal sealed class ConfigurationFile(string path)
{
    public string Path { get; } = path;

    public bool Exists => File.Exists(Path);

    /// <summary>BACKUPONLINE_CONFIG, else agent.json in backuponline under XDG_CONFIG_HOME (Windows: the user's application data), else under ~/.config.</summary>
    public static ConfigurationFile Of(Surroundings surroundings)
    {
        if (surroundings.Variable("BACKUPONLINE_CONFIG") is { Length: > 0 } chosen)
            return new ConfigurationFile(System.IO.Path.GetFullPath(chosen));
        var folder = surroundings.Variable("XDG_CONFIG_HOME");
        if (string.IsNullOrEmpty(folder) || !System.IO.Path.IsPathRooted(folder))
        {
            folder = Environment.GetFolderPath(
                OperatingSystem.IsWindows() ? Environment.SpecialFolder.ApplicationData : Environment.SpecialFolder.UserProfile,
                Environment.SpecialFolderOption.DoNotVerify);
            if (folder.Length == 0)
                throw new AgentStop(ExitCode.Fatal, EnrolmentSentences.NoHome);
            if (!OperatingSystem.IsWindows())
                folder = System.IO.Path.Join(folder, ".config");
        }

        return new ConfigurationFile(System.IO.Path.Join(folder, "backuponline", "agent.json"));
    }

    /// <summary>Null when there is none.</summary>
    public AgentConfiguration? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path), ConfigurationJson.Default.AgentConfiguration);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException)
        {
            // The parser's message may quote what it read: a secret.
            throw new AgentStop(ExitCode.Fatal, EnrolmentSentences.BadConfiguration, Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AgentStop(ExitCode.Fatal, EnrolmentSentences.ConfigurationUnreadable, Path, FileReason.Of(failure));
        }
    }

    public void Write(AgentConfiguration configuration)
    {
        try
        {
            var folder = System.IO.Path.GetDirectoryName(Path)!;
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            WholeFile.Write(Path, JsonSerializer.SerializeToUtf8Bytes(configuration, ConfigurationJson.Default.AgentConfiguration));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AgentStop(ExitCode.Fatal, EnrolmentSentences.ConfigurationNotWritten, Path, FileReason.Of(failure));
        }
    }
}
