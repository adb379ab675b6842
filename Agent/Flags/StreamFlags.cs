using System.CommandLine;
using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Sources;
using BackupOnline.Engine.Files;

namespace BackupOnline.Agent.Flags;

/// <summary>A backup of a stream instead of files.</summary>
internal sealed class StreamFlags(Speech speech)
{
    private readonly Option<bool> _stdin = new("--stdin") { Description = speech.Say(StreamSentences.Stdin) };
    private readonly Option<string?> _filename = new("--stdin-filename") { Description = speech.Say(StreamSentences.StdinFilename), HelpName = "path" };
    private readonly Option<bool> _fromCommand = new("--stdin-from-command") { Description = speech.Say(StreamSentences.StdinFromCommand) };

    public void AddTo(Command command)
    {
        command.Add(_stdin);
        command.Add(_filename);
        command.Add(_fromCommand);
    }

    /// <param name="parsed">The line.</param>
    /// <param name="words">What stands on it without a flag: with --stdin-from-command that is the command.</param>
    /// <param name="hasLists">Whether lists of files are given.</param>
    public StreamSource? Source(ParseResult parsed, IReadOnlyList<string> words, bool hasLists)
    {
        var (stdin, fromCommand) = (parsed.GetValue(_stdin), parsed.GetValue(_fromCommand));
        if (!stdin && !fromCommand)
            return null;
        if (stdin && fromCommand)
            throw new AgentStop(ExitCode.Fatal, StreamSentences.BothStreams);
        if (hasLists || (stdin && words.Count > 0))
            throw new AgentStop(ExitCode.Fatal, StreamSentences.StdinAndPaths);
        if (fromCommand && words.Count == 0)
            throw new AgentStop(ExitCode.Fatal, StreamSentences.NoCommand);
        var name = parsed.GetValue(_filename) ?? "stdin";
        var path = RawPath.FromText(name).MakeAbsolute(RawPath.Root);
        return path == RawPath.Root || name.EndsWith('/')
            ? throw FlagText.Bad("--stdin-filename", name, StreamSentences.BadFilename)
            : new StreamSource(path, fromCommand ? words : null);
    }
}
