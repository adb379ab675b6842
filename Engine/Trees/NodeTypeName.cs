namespace BackupOnline.Engine.Trees;

/// <summary>The words of the format for node types.</summary>
public static class NodeTypeName
{
    /// <summary>The word in UTF-8; empty for <see cref="NodeType.Unknown"/>.</summary>
    public static ReadOnlySpan<byte> Of(NodeType type) => type switch
    {
        NodeType.File => "file"u8,
        NodeType.Folder => "dir"u8,
        NodeType.Symlink => "symlink"u8,
        NodeType.BlockDevice => "dev"u8,
        NodeType.CharacterDevice => "chardev"u8,
        NodeType.Fifo => "fifo"u8,
        NodeType.Socket => "socket"u8,
        _ => ""u8,
    };

    /// <summary>The word as text, for listings.</summary>
    public static string TextOf(NodeType type) => System.Text.Encoding.ASCII.GetString(Of(type));

    /// <summary>The type of a word.</summary>
    public static NodeType Parse(ReadOnlySpan<byte> word)
    {
        for (var type = NodeType.File; type <= NodeType.Socket; type++)
        {
            if (word.SequenceEqual(Of(type)))
                return type;
        }

        return NodeType.Unknown;
    }
}
