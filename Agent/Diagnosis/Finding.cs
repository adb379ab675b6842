using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Diagnosis;

/// <summary>One examined point: what was found and, unless all is well, what to do.</summary>
/// <param name="Point">A stable name for programs.</param>
/// <param name="Verdict">How it stands.</param>
/// <param name="Text">What was found, in the reader's language.</param>
/// <param name="Advice">What to do, or null.</param>
internal sealed record Finding(string Point, Verdict Verdict, string Text, string? Advice)
{
    public static Finding Ok(Speech speech, string point, Sentence text, params object?[] values) => new(point, Verdict.Ok, speech.Say(text, values), null);
}
