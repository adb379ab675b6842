using System.CommandLine;
using System.CommandLine.Parsing;

namespace BackupOnline.Agent.Usage;

/// <summary>A mistyped flag must not become a path to back up: what begins with a dash is a flag, unless it stands after "--".</summary>
internal static class UnknownFlag
{
    public static string? Find(ParseResult parsed, IReadOnlyList<string> arguments)
    {
        var flags = arguments.TakeWhile(argument => argument != "--").Where(argument => argument.Length > 1 && argument[0] == '-').ToHashSet(StringComparer.Ordinal);
        return parsed.CommandResult.Children
            .OfType<ArgumentResult>()
            .SelectMany(result => result.Tokens)
            .Select(token => token.Value)
            .FirstOrDefault(flags.Contains);
    }
}
