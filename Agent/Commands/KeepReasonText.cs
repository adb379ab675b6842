using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Commands;

/// <summary>Why a snapshot stays, for a person. Machines get restic's words.</summary>
internal static class KeepReasonText
{
    private static readonly (string English, string French)[] Words =
    [
        ("oldest ", "le plus ancien : "),
        ("last snapshot", "dernier instantané"),
        ("hourly snapshot", "instantané de l'heure"),
        ("daily snapshot", "instantané du jour"),
        ("weekly snapshot", "instantané de la semaine"),
        ("monthly snapshot", "instantané du mois"),
        ("yearly snapshot", "instantané de l'année"),
        ("hourly within ", "de l'heure, depuis moins de "),
        ("daily within ", "du jour, depuis moins de "),
        ("weekly within ", "de la semaine, depuis moins de "),
        ("monthly within ", "du mois, depuis moins de "),
        ("yearly within ", "de l'année, depuis moins de "),
        ("within ", "depuis moins de "),
    ];

    public static string Of(string reason, Speech speech)
    {
        if (speech.Language == Language.English)
            return reason;
        // Tags are the user's own words.
        const string tags = "has tags ";
        return reason.StartsWith(tags, StringComparison.Ordinal)
            ? string.Concat("étiquettes ", reason.AsSpan(tags.Length))
            : Words.Aggregate(reason, (text, word) => text.Replace(word.English, word.French, StringComparison.Ordinal));
    }
}
