using System.Globalization;
using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Screens;

/// <summary>Two or three lines: bar, percent, files, bytes, speed, time left, errors; the current file; a note about the pace. Pure: the same values give the same text.</summary>
internal sealed class ProgressBar(Speech speech, bool colour)
{
    private const int NarrowestBar = 8;
    private const int WidestBar = 40;

    /// <param name="progress">Now.</param>
    /// <param name="elapsed">Since the start.</param>
    /// <param name="bytesPerSecond">Over the last seconds.</param>
    /// <param name="width">Columns of the terminal; no line is as wide, so that it never wraps.</param>
    public IReadOnlyList<string> Lines(Progress progress, TimeSpan elapsed, double bytesPerSecond, int width)
    {
        var room = Math.Max(width - 1, 1);
        var files = progress.FilesTotal > 0 ? $"{progress.FilesDone}/{progress.FilesTotal}" : progress.FilesDone.ToString(CultureInfo.InvariantCulture);
        var bytes = progress.BytesTotal > 0 ? $"{Quantity.Bytes(progress.BytesDone)}/{Quantity.Bytes(progress.BytesTotal)}" : Quantity.Bytes(progress.BytesDone);
        var errors = progress.Errors > 0 ? speech.Say(ScreenSentences.BarErrors, progress.Errors) : "";
        var text = speech.Say(
            ScreenSentences.Bar, Percent(progress), Quantity.Duration(elapsed), files, bytes, Quantity.Bytes((long)bytesPerSecond), Left(progress, bytesPerSecond), errors);
        var lines = new List<string>(2) { WithBar(text, progress.Fraction, room) };
        if (progress.Current is { Length: > 0 } current)
            lines.Add(EndOf(PathText.ForScreen(current), room));
        if (progress.Note is { Length: > 0 } note)
            lines.Add(note.Length > room ? note[..room] : note);
        return lines;
    }

    private static string Percent(Progress progress) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(progress.Fraction * 1000) / 10,5:F1}%");

    private static string Left(Progress progress, double bytesPerSecond) =>
        progress.BytesTotal > 0 && bytesPerSecond >= 1 ? Quantity.Duration(TimeSpan.FromSeconds(Math.Min((progress.BytesTotal - progress.BytesDone) / bytesPerSecond, 1e8))) : "-:--";

    private string WithBar(string text, double fraction, int room)
    {
        var bar = Math.Min(WidestBar, room - text.Length - 3);
        if (bar < NarrowestBar)
            return text.Length > room ? text[..room] : text;
        var full = (int)(fraction * bar);
        var filled = new string('#', full);
        return $"[{(colour ? $"\u001b[32m{filled}\u001b[0m" : filled)}{new string('.', bar - full)}] {text}";
    }

    // Wide letters take two columns: counted as such, so that the line never wraps. The end of a path says more than its start.
    private static string EndOf(string text, int room)
    {
        var columns = 0;
        var start = text.Length;
        foreach (var rune in text.EnumerateRunes().Reverse())
        {
            columns += rune.Value >= 0x1100 ? 2 : 1;
            if (columns > room)
                break;
            start -= rune.Utf16SequenceLength;
        }

        return text[start..];
    }
}
