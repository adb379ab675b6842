using System.Globalization;

namespace BackupOnline.Agent.Languages;

/// <summary>The language of this run, chosen once at start.</summary>
internal sealed class Speech(Language language)
{
    public Language Language { get; } = language;

    /// <summary>BACKUPONLINE_LANG wins over LC_ALL, LC_MESSAGES, LANG, as gettext orders them; French when the first one that is set starts with "fr", else English.</summary>
    public static Speech From(Func<string, string?> variable)
    {
        string[] names = ["BACKUPONLINE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];
        var chosen = names.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return new Speech(chosen is not null && chosen.StartsWith("fr", StringComparison.OrdinalIgnoreCase) ? Language.French : Language.English);
    }

    public string Say(Sentence sentence, params object?[] values)
    {
        var text = Language == Language.French ? sentence.French : sentence.English;
        return values.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, Array.ConvertAll(values, Spoken));
    }

    // A sentence may be a value of another one.
    private object? Spoken(object? value) => value is Sentence inner ? Say(inner) : value;
}
