using System.Text.Json;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Rewriting;

/// <summary>A node with its own bytes in the tree that it stands in: what is kept is kept to the byte, fields of other clients included.</summary>
/// <param name="Node">What it says.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="End">Behind its last byte.</param>
/// <param name="Subtree">The first digit of its subtree's id; -1 without one.</param>
internal readonly record struct TreePart(TreeNode Node, int Start, int End, int Subtree)
{
    /// <exception cref="TreeFormatException">The bytes are no tree.</exception>
    public static List<TreePart> Of(ReadOnlyMemory<byte> tree)
    {
        var nodes = TreeReader.ReadAll(tree);
        var parts = new List<TreePart>(nodes.Count);
        var reader = new Utf8JsonReader(tree.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isNodes = reader.ValueTextEquals("nodes"u8);
            reader.Read();
            if (!isNodes || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                parts.Add(Next(ref reader, nodes[parts.Count]));
        }

        return parts;
    }

    /// <summary>The node's bytes with another subtree.</summary>
    public byte[] WithSubtree(ReadOnlySpan<byte> tree, BlobId subtree)
    {
        var bytes = tree[Start..End].ToArray();
        subtree.FormatHex(bytes.AsSpan(Subtree - Start, BlobId.HexLength));
        return bytes;
    }

    private static TreePart Next(ref Utf8JsonReader reader, TreeNode node)
    {
        var (start, subtree) = ((int)reader.TokenStartIndex, -1);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isSubtree = reader.ValueTextEquals("subtree"u8);
            reader.Read();
            if (isSubtree && reader.TokenType == JsonTokenType.String)
                subtree = (int)reader.TokenStartIndex + 1;
            reader.Skip();
        }

        return new TreePart(node, start, (int)reader.BytesConsumed, subtree);
    }
}
