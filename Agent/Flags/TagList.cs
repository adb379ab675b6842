namespace BackupOnline.Agent.Flags;

internal static class TagList
{
    /// <summary>Tags separated by commas, blanks around them cut.</summary>
    public static IReadOnlyList<string> Parse(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
