using System.CommandLine;
using System.CommandLine.Parsing;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Usage;

/// <summary>What is wrong with a command line, in a sentence of our own: the library's name no verb, suggest nothing, and are not all there in French.</summary>
internal static class UsageError
{
    /// <summary>The first mistake, with where to look it up, or null.</summary>
    public static string? Find(ParseResult parsed, IReadOnlyList<string> arguments, Speech speech)
    {
        var error = parsed.Errors.Count > 0 ? OfParser(parsed, speech)
            : UnknownFlag.Find(parsed, arguments) is { } flag ? NoFlag(flag, parsed, speech)
            : Empty(parsed) is { } place ? speech.Say(UsageSentences.EmptyValue, place)
            : null;
        return error is null ? null : speech.Say(UsageSentences.Hint, Redacted.Text(error), VerbOf(parsed.CommandResult));
    }

    /// <summary>The verb with a blank behind it, below which other verb it stands included; nothing for the program itself.</summary>
    internal static string VerbOf(CommandResult result) =>
        result.Command is RootCommand ? "" : (result.Parent is CommandResult above ? VerbOf(above) : "") + result.Command.Name + " ";

    private static string OfParser(ParseResult parsed, Speech speech)
    {
        var unmatched = parsed.UnmatchedTokens;
        if (unmatched.FirstOrDefault(token => token.Length > 1 && token[0] == '-') is { } flag)
            return NoFlag(flag, parsed, speech);

        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0 && unmatched.Count > 0)
            return NoVerb(unmatched[0], command, speech);

        if (parsed.Errors.Select(error => OptionOf(error.SymbolResult)).FirstOrDefault(option => option is { Implicit: false }) is { } option && OfValues(option, speech) is { } wrong)
            return wrong;

        if (command.Subcommands.Count > 0)
            return speech.Say(UsageSentences.NoVerb, string.Join(", ", command.Subcommands.Select(verb => verb.Name)));

        if (unmatched.Count > 0)
            return speech.Say(UsageSentences.TooMuch, unmatched[0]);

        if (command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > (parsed.GetResult(argument)?.Tokens.Count ?? 0)) is { } argument)
            return speech.Say(UsageSentences.ArgumentMissing, ValueNames.Of(argument.HelpName ?? argument.Name), argument.Description);

        return command.Options.FirstOrDefault(one => one.Required && parsed.GetResult(one) is null or { Implicit: true }) is { } required
            ? speech.Say(UsageSentences.FlagMissing, required.Name, required.Description)
            : parsed.Errors[0].Message;
    }

    // A script's variable that is not set: what would be done with nothing is not what was meant.
    private static object? Empty(ParseResult parsed) => parsed.CommandResult.Children
        .Where(result => result.Tokens.Any(token => token.Value.Length == 0))
        .Select(object? (result) => result switch
        {
            ArgumentResult { Argument: var argument } => ValueNames.Of(argument.HelpName ?? argument.Name),
            OptionResult { Option: { Required: true, Name: var name } } => name,
            _ => null,
        })
        .FirstOrDefault(place => place is not null);

    private static OptionResult? OptionOf(SymbolResult? result) => result as OptionResult ?? (result as ArgumentResult)?.Parent as OptionResult;

    private static string? OfValues(OptionResult result, Speech speech)
    {
        var option = result.Option;
        return result.Tokens.Count < option.Arity.MinimumNumberOfValues ? speech.Say(UsageSentences.ValueMissing, option.Name, option.Description)
            : result.Tokens.Count > option.Arity.MaximumNumberOfValues ? speech.Say(UsageSentences.GivenTwice, option.Name)
            : null;
    }

    private static string NoVerb(string typed, Command root, Speech speech) =>
        Nearest.To(typed, root.Subcommands.SelectMany(verb => verb.Aliases.Prepend(verb.Name))) is { } near
            ? speech.Say(UsageSentences.UnknownVerbNear, typed, near)
            : speech.Say(UsageSentences.UnknownVerb, typed);

    private static string NoFlag(string typed, ParseResult parsed, Speech speech)
    {
        var name = typed.Split('=')[0];
        var known = parsed.CommandResult.Command.Options
            .Concat(parsed.RootCommandResult.Command.Options)
            .Where(option => !option.Hidden)
            .SelectMany(option => option.Aliases.Prepend(option.Name))
            .Where(flag => flag.StartsWith("--", StringComparison.Ordinal));
        return Nearest.To(name, known) is { } near ? speech.Say(UsageSentences.UnknownFlagNear, name, near) : speech.Say(UsageSentences.UnknownFlag, name);
    }
}
