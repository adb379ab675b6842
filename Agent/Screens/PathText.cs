using System.Globalization;
using System.Text;

namespace BackupOnline.Agent.Screens;

/// <summary>A file name may hold control characters: on a screen they would be commands to the terminal.</summary>
internal static class PathText
{
    public static string ForScreen(string path)
    {
        if (!path.Any(IsUnsafe))
            return path;
        var text = new StringBuilder(path.Length + 16);
        foreach (var letter in path)
        {
            if (IsUnsafe(letter))
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else
                text.Append(letter);
        }

        return text.ToString();
    }

    // Control characters, and the marks that turn the direction of writing.
    private static bool IsUnsafe(char letter) => char.IsControl(letter) || letter is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069';
}
