using System.Globalization;

namespace BackupOnline.Agent.Screens;

/// <summary>The ranked curve in characters: columns from the busiest slot to the one that decides, the limit as a line of dashes.</summary>
internal static class PercentilePicture
{
    private const int Rows = 8;
    private const int Columns = 60;

    /// <param name="curve">Bytes per slot, highest first, at most <paramref name="free"/> + 1.</param>
    /// <param name="free">Slots that do not count.</param>
    /// <param name="limit">Bytes per slot.</param>
    public static IReadOnlyList<string> Draw(IReadOnlyList<long> curve, int free, long limit)
    {
        var most = Math.Max(curve.Count == 0 ? 0 : curve[0], limit + (limit / 4));
        var lines = new List<string>(Rows);
        for (var row = Rows; row >= 1; row--)
        {
            // A row is filled from the middle of its height on.
            var (level, next) = (most / (double)Rows * (row - 0.5), most / (double)Rows * (row + 0.5));
            var isLimit = limit >= level && limit < next;
            var line = new char[Columns + 2];
            for (var column = 0; column < Columns; column++)
            {
                var index = (int)((long)column * free / Columns);
                line[column] = index < curve.Count && curve[index] >= level ? '#' : isLimit ? '-' : ' ';
            }

            line[Columns] = '|';
            line[Columns + 1] = free < curve.Count && curve[free] >= level ? '#' : isLimit ? '-' : ' ';
            var scale = (most * 8m / 300 / 1_000_000 * row / Rows).ToString("0.0", CultureInfo.InvariantCulture).PadLeft(7);
            lines.Add($"{scale} {new string(line)}".TrimEnd());
        }

        return lines;
    }
}
