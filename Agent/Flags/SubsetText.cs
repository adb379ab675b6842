using System.Globalization;
using BackupOnline.Agent.Exits;
using BackupOnline.Engine.Checking;

namespace BackupOnline.Agent.Flags;

/// <summary>The value of --read-data-subset in restic's spelling.</summary>
internal static class SubsetText
{
    private const string Name = "--read-data-subset";

    public static PackSubset Parse(string text)
    {
        if (text.Split('/') is [var number, var total])
            return PartOf(number, total) ?? throw Bad(text);
        if (text.EndsWith('%'))
            return double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and <= 100 ? PackSubset.Percent(percent) : throw Bad(text);
        try
        {
            return FlagText.Size(Name, text) is > 0 and var bytes ? PackSubset.Size(bytes) : throw Bad(text);
        }
        catch (AgentStop)
        {
            throw Bad(text);
        }
    }

    private static PackSubset? PartOf(string number, string total) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var part) && int.TryParse(total, NumberStyles.None, CultureInfo.InvariantCulture, out var parts)
        && parts is >= 1 and <= 256 && part >= 1 && part <= parts
            ? PackSubset.Part(part, parts)
            : null;

    private static AgentStop Bad(string text) => FlagText.Bad(Name, text, SubsetSentences.Bad);
}
