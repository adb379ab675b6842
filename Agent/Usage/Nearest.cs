namespace BackupOnline.Agent.Usage;

/// <summary>The word that was probably meant.</summary>
internal static class Nearest
{
    /// <summary>The known word at most a third of its letters (and at least one) away from what was typed, or null; an exchange of two neighbours counts as one mistake.</summary>
    public static string? To(string typed, IEnumerable<string> known) => known
        .Select(word => (Word: word, Mistakes: Mistakes(typed, word)))
        .Where(one => one.Mistakes <= Math.Max(1, one.Word.TrimStart('-').Length / 3))
        .OrderBy(one => one.Mistakes)
        .Select(one => one.Word)
        .FirstOrDefault();

    private static int Mistakes(string typed, string word)
    {
        // A line of any length can be typed: what is much longer than the word is not the word.
        if (Math.Abs(typed.Length - word.Length) > word.Length)
            return int.MaxValue;

        var table = new int[typed.Length + 1, word.Length + 1];
        for (var i = 0; i <= typed.Length; i++)
        {
            for (var j = 0; j <= word.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                var change = table[i - 1, j - 1] + (typed[i - 1] == word[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(change, 1 + Math.Min(table[i - 1, j], table[i, j - 1]));
                if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[typed.Length, word.Length];
    }
}
