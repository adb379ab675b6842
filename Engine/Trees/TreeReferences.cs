using System.Text.Json;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Trees;

/// <summary>Reads what a tree refers to and nothing else: the blobs of its files and the trees of its folders. For who walks all trees of a repository.</summary>
internal static class TreeReferences
{
    /// <summary>Adds to the lists in the order of the tree; what comes twice is added twice.</summary>
    /// <exception cref="TreeFormatException">The bytes are no tree: what it needs is then not known.</exception>
    public static void Read(ReadOnlySpan<byte> tree, List<BlobId> blobs, List<BlobId> subtrees)
    {
        try
        {
            var reader = new Utf8JsonReader(tree);
            Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
            while (NextProperty(ref reader))
            {
                if (reader.ValueTextEquals("nodes"u8))
                    ReadNodes(ref reader, blobs, subtrees);
                else
                    Skip(ref reader);
            }

            Expect(!reader.Read());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new TreeFormatException("The tree is not valid JSON of the repository format.", e);
        }
    }

    private static void ReadNodes(ref Utf8JsonReader reader, List<BlobId> blobs, List<BlobId> subtrees)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return;
        Expect(reader.TokenType == JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            while (NextProperty(ref reader))
            {
                if (reader.ValueTextEquals("content"u8))
                    ReadContent(ref reader, blobs);
                else if (reader.ValueTextEquals("subtree"u8))
                    ReadSubtree(ref reader, subtrees);
                else
                    Skip(ref reader);
            }
        }

        Expect(reader.TokenType == JsonTokenType.EndArray);
    }

    private static void ReadContent(ref Utf8JsonReader reader, List<BlobId> blobs)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return;
        Expect(reader.TokenType == JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            blobs.Add(Id(ref reader));
    }

    private static void ReadSubtree(ref Utf8JsonReader reader, List<BlobId> subtrees)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.Null)
            subtrees.Add(Id(ref reader));
    }

    private static BlobId Id(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && BlobId.TryParse(reader.ValueSpan, out var id)
            ? id
            : throw new TreeFormatException("The tree holds an id that is not 64 lowercase hexadecimal digits.");

    private static bool NextProperty(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static void Expect(bool condition)
    {
        if (!condition)
            throw new TreeFormatException("The tree is not valid JSON of the repository format.");
    }
}
