using System.Text.RegularExpressions;
using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;

namespace BackupOnline.Agent.Sources;

/// <summary>A file of patterns as restic reads it: blanks around a line are cut, # begins a comment line, $NAME and ${NAME} are taken from the environment, $$ is a dollar.</summary>
internal static partial class PatternFile
{
    public static IReadOnlyList<string> Read(string path, Func<string, string?> variable)
    {
        try
        {
            return [.. File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(line => Expand(line, variable))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AgentStop(ExitCode.Fatal, RunSentences.ListUnreadable, path, FileReason.Of(failure));
        }
    }

    private static string Expand(string line, Func<string, string?> variable) => Variables().Replace(line, match =>
        match.Value == "$$" ? "$" : variable(match.Groups["name"].Value) ?? "");

    [GeneratedRegex(@"\$\$|\$\{(?<name>\w+)\}|\$(?<name>\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Variables();
}
