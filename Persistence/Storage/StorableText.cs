using System.Text;

namespace BackupOnline.Persistence.Storage;

/// <summary>PostgreSQL's text holds every character but NUL, and no half of a surrogate pair: those become U+FFFD, so that odd input never stops a write.</summary>
internal static class StorableText
{
    private const char Replacement = '\uFFFD';

    public static string Of(string text)
    {
        foreach (var c in text)
        {
            if (c == '\0' || char.IsSurrogate(c))
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', Replacement);
        }

        return text;
    }

    /// <summary>The same for JSON text, where NUL and lone surrogates may also stand as escapes.</summary>
    public static string OfJson(string json)
    {
        if (json.Contains("\\u0000", StringComparison.Ordinal))
            json = json.Replace("\\u0000", "\\ufffd", StringComparison.Ordinal);
        return Of(json);
    }
}
