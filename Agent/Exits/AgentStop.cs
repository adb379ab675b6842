using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Exits;

/// <summary>Ends the run with a code and a sentence that says what to do. Caught in one place, <see cref="Program"/>.</summary>
internal sealed class AgentStop(int code, Sentence sentence, params object[] values) : Exception(sentence.English)
{
    public int Code { get; } = code;

    public string Text(Speech speech) => speech.Say(sentence, values);
}
