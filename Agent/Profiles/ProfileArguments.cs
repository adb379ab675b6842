using System.CommandLine;
using System.CommandLine.Parsing;

namespace BackupOnline.Agent.Profiles;

/// <summary>A command line with a profile: what it says itself wins over what the profile says.</summary>
internal static class ProfileArguments
{
    private const string Name = "--profile";
    private const string File = "--profile-file";

    // Of these only one may be given: the line's own replaces the profile's other.
    private static readonly string[][] s_alternatives = [["--repo", "--repository-file"], ["--password-file", "--password-command"]];
    private static readonly string[] s_sources = ["--stdin", "--stdin-from-command", "--files-from", "--files-from-verbatim", "--files-from-raw"];

    /// <summary>Takes --profile and --profile-file out of a line; null when there is no --profile before a "--".</summary>
    public static (string Profile, string? File, IReadOnlyList<string> Others)? Take(IReadOnlyList<string> arguments)
    {
        string? profile = null, file = null;
        var rest = new List<string>(arguments.Count);
        for (var at = 0; at < arguments.Count; at++)
        {
            var parts = arguments[at].Split('=', 2);
            if (arguments[at] == "--")
            {
                rest.AddRange(arguments.Skip(at));
                break;
            }

            if (parts[0] is not (Name or File) || (parts.Length == 1 && at + 1 == arguments.Count))
            {
                rest.Add(arguments[at]);
                continue;
            }

            var value = parts.Length == 2 ? parts[1] : arguments[++at];
            (profile, file) = parts[0] == Name ? (value, file) : (profile, value);
        }

        return profile is null ? null : (profile, file, rest);
    }

    /// <summary>The whole line for the verb that is given; the line itself when it has none.</summary>
    public static IReadOnlyList<string> For(Profile profile, IReadOnlyList<string> given, RootCommand root)
    {
        var parsed = root.Parse(given, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var verb = parsed.CommandResult.Command;
        if (verb is RootCommand)
            return given;
        var options = verb.Options.Concat(root.Options).ToList();
        var flags = profile.Flags.Concat(profile.Verbs.GetValueOrDefault(verb.Name) ?? [])
            .Where(flag => !IsGiven(flag.Name) && !s_alternatives.Any(pair => pair.Contains(flag.Name) && pair.Any(IsGiven)))
            .Select(flag => flag.Value is null ? flag.Name : $"{flag.Name}={flag.Value}");
        var at = given.Select((argument, index) => (argument, index)).First(one => one.argument == verb.Name || verb.Aliases.Contains(one.argument)).index + 1;
        var takesPaths = verb.Name == "backup" && !s_sources.Any(IsGiven) && parsed.CommandResult.Children.OfType<ArgumentResult>().All(result => result.Tokens.Count == 0);
        return [.. given.Take(at), .. flags, .. given.Skip(at), .. takesPaths && profile.Paths.Count > 0 ? profile.Paths.Prepend("--") : []];

        bool IsGiven(string flag) =>
            options.Find(option => option.Name == flag || option.Aliases.Contains(flag)) is { } option && parsed.GetResult(option) is { Implicit: false };
    }
}
