using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Usage;

/// <summary>The help of a verb, in the language of the run.</summary>
internal sealed class HelpPage(Speech speech, int width) : SynchronousCommandLineAction
{
    private const int Gap = 2, MostNameWidth = 36, LeastTextWidth = 30;

    public override bool Terminating => true;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var root = parseResult.RootCommandResult.Command;
        var writer = parseResult.InvocationConfiguration.Output;
        foreach (var line in Wrapped(command.Description ?? "", width))
            writer.WriteLine(line);
        writer.WriteLine();
        writer.WriteLine($"{speech.Say(UsageSentences.UsageTitle)} {UsageOf(parseResult.CommandResult, root)}");
        Section(writer, UsageSentences.VerbsTitle, command.Subcommands.Select(verb => (NameOf(verb), verb.Description ?? "")));
        Section(writer, UsageSentences.ArgumentsTitle, command.Arguments.Select(argument => (Value(argument.HelpName ?? argument.Name), argument.Description ?? "")));
        if (command != root)
            Section(writer, UsageSentences.FlagsTitle, command.Options.Where(option => !option.Hidden).Select(Row));
        Section(writer, UsageSentences.GlobalFlagsTitle, root.Options.Where(option => !option.Hidden && (option.Recursive || command == root)).Select(Row));
        return 0;
    }

    /// <summary>Words put into lines that are not wider than told; a longer word has a line of its own.</summary>
    internal static IEnumerable<string> Wrapped(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }

    private void Section(TextWriter writer, Sentence title, IEnumerable<(string Name, string Text)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return;

        writer.WriteLine();
        writer.WriteLine(speech.Say(title));
        var names = Math.Min(MostNameWidth, all.Max(row => row.Name.Length)) + Gap;
        foreach (var (name, text) in all)
        {
            var first = name.Length + Gap <= names;
            if (!first)
                writer.WriteLine($"  {name}");
            foreach (var line in Wrapped(text, Math.Max(LeastTextWidth, width - names - Gap)))
            {
                writer.WriteLine($"  {(first ? name : "").PadRight(names)}{line}");
                first = false;
            }
        }
    }

    private string UsageOf(CommandResult result, Command root)
    {
        var places = result.Command.Arguments.Select(Place).Concat(result.Command.Subcommands.Count > 0 ? [speech.Say(UsageSentences.VerbPlace)] : []);
        return string.Join(' ', places.Prepend($"{root.Name} {UsageError.VerbOf(result)}".TrimEnd()).Append(speech.Say(UsageSentences.FlagsPlace)));
    }

    private string NameOf(Command verb) => string.Join(' ', verb.Arguments.Select(Place).Prepend(verb.Name));

    private string Place(Argument argument)
    {
        var value = Value(argument.HelpName ?? argument.Name);
        var many = argument.Arity.MaximumNumberOfValues > 1 ? value + "..." : value;
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{many}]" : many;
    }

    private (string Name, string Text) Row(Option option)
    {
        var names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(name => name.Length));
        var value = option.HelpName is { } name ? $"{names} {Value(name)}" : names;
        return (option.Required ? $"{value} {speech.Say(UsageSentences.Required)}" : value, option.Description ?? "");
    }

    private string Value(string name) => speech.Say(ValueNames.Of(name));
}
