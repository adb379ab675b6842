namespace BackupOnline.Agent.Screens;

/// <summary>Rows of cells as lines whose columns stand below each other.</summary>
internal static class TextTable
{
    /// <param name="rows">The first row is the head; all have as many cells.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
