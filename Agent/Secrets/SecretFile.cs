using BackupOnline.Agent.Exits;

namespace BackupOnline.Agent.Secrets;

internal static class SecretFile
{
    /// <summary>The file's text without white space around it, as restic takes it: editors and echo add a newline.</summary>
    public static string Read(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            return reader.ReadToEnd().Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AgentStop(ExitCode.Fatal, SecretSentences.FileUnreadable, path, FileReason.Of(failure));
        }
    }
}
