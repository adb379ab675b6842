using System.Text;
using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Filters;

/// <summary>A file whose presence says that its folder's content is not worth keeping.</summary>
/// <param name="FileName">The name to look for.</param>
/// <param name="Header">Bytes that the file must begin with; empty: its presence is enough.</param>
public sealed record FolderTag(RawPath FileName, ReadOnlyMemory<byte> Header)
{
    /// <summary>The tag of the cache directory convention (bford.info/cachedir).</summary>
    public static FolderTag CacheDirectory { get; } = Parse("CACHEDIR.TAG:Signature: 8a477f597d28d172789f06886806bc55");

    /// <summary>Reads <c>name</c> or <c>name:header</c>.</summary>
    /// <exception cref="FormatException">The name is empty or has a separator in it.</exception>
    public static FolderTag Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = RawPath.FromText(colon < 0 ? text : text[..colon]);
        if (!name.IsEntryName)
            throw new FormatException($"'{text}' must begin with a file name without a folder, then optionally ':' and the header.");
        return new FolderTag(name, colon < 0 ? default : Encoding.UTF8.GetBytes(text[(colon + 1)..]));
    }
}
