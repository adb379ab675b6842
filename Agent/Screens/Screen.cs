using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Lines;

namespace BackupOnline.Agent.Screens;

/// <summary>
/// The only way to the terminal: results on standard output, everything else on standard error, one whole line at a time, the bar moved out of the way.
/// With <c>--json</c> both carry JSON lines only. Safe for concurrent use.
/// </summary>
internal sealed class Screen(Surroundings surroundings)
{
    private readonly Lock _lock = new();
    private readonly TextWriter _out = Console.Out;
    private readonly TextWriter _error = Console.Error;
    private int _drawn;

    public Surroundings Surroundings { get; } = surroundings;

    public Speech Speech => Surroundings.Speech;

    public bool Json { get; private set; }

    /// <summary>-1 quiet, 0 normal, 1 and 2 for -v and -vv.</summary>
    public int Verbosity { get; private set; }

    public bool ShowsBar => Surroundings.Terminal && !Json && Verbosity >= 0;

    public void Configure(bool json, int verbosity) => (Json, Verbosity) = (json, verbosity);

    /// <summary>A result: printed also with --quiet.</summary>
    public void Result(string line) => Write(_out, line);

    /// <summary>Standard output for a result that is bytes, not lines. Nothing else may be printed there meanwhile.</summary>
    public static Stream OpenOutput() => StandardStreams.OpenOutput();

    /// <summary>What a person wants to know meanwhile: not with --quiet, --json.</summary>
    public void Tell(Sentence sentence, params object?[] values)
    {
        if (!Json && Verbosity >= 0)
            Write(_out, Speech.Say(sentence, values));
    }

    public void Detail(Sentence sentence, params object?[] values)
    {
        if (!Json && Verbosity >= 1)
            Write(_out, Speech.Say(sentence, values));
    }

    public void Warn(Sentence sentence, params object?[] values)
    {
        var text = Speech.Say(sentence, values);
        if (Json)
            Write(_error, Text(new WarningLine(text), AgentJson.Lines.WarningLine));
        else
            Write(_error, Coloured("33", Speech.Say(ScreenSentences.Warning)) + text);
    }

    /// <summary>The last word of a failed run.</summary>
    public void Fatal(int code, string text)
    {
        if (Json)
            Write(_error, Text(new ExitErrorLine(code, text), AgentJson.Lines.ExitErrorLine));
        else
            Write(_error, Coloured("31", Speech.Say(ScreenSentences.Fatal)) + text);
    }

    /// <summary>One source or target that failed while the run goes on.</summary>
    public void ItemFailed(string during, string item, string reason)
    {
        if (Json)
            Write(_error, Text(new ErrorLine(new ErrorText(reason), during, item), AgentJson.Lines.ErrorLine));
        else
            Write(_error, Coloured("33", Speech.Say(ScreenSentences.ItemFailed, PathText.ForScreen(item), PathText.ForScreen(reason))));
    }

    public void Line<T>(T line, JsonTypeInfo<T> type) => Write(_out, Text(line, type));

    public void ErrorLine<T>(T line, JsonTypeInfo<T> type) => Write(_error, Text(line, type));

    public string Coloured(string code, string text) => Surroundings.Colour ? $"\u001b[{code}m{text}\u001b[0m" : text;

    /// <summary>Draws the lines in place of the ones drawn before. No line may be wider than the terminal.</summary>
    public void Draw(IReadOnlyList<string> lines)
    {
        lock (_lock)
        {
            var text = new StringBuilder();
            Erase(text);
            text.AppendJoin("\n", lines);
            _out.Write(text);
            _out.Flush();
            _drawn = lines.Count;
        }
    }

    public void EraseBar()
    {
        lock (_lock)
            EraseNow();
    }

    private static string Text<T>(T line, JsonTypeInfo<T> type) => JsonSerializer.Serialize(line, type);

    private void Write(TextWriter writer, string line)
    {
        lock (_lock)
        {
            EraseNow();
            writer.WriteLine(line);
            writer.Flush();
        }
    }

    private void EraseNow()
    {
        if (_drawn == 0)
            return;
        var text = new StringBuilder();
        Erase(text);
        _out.Write(text);
        _out.Flush();
        _drawn = 0;
    }

    private void Erase(StringBuilder text)
    {
        for (var line = 0; line < _drawn; line++)
            text.Append(line == 0 ? "\r\u001b[2K" : "\u001b[1A\u001b[2K");
    }
}
