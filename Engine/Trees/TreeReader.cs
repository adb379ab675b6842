using System.Buffers;
using System.Text.Json;
using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Trees;

/// <summary>
/// Reads the nodes of one folder's tree, one after the other, straight from the plain bytes. Fields that it does not know are passed over.
/// Names that could lead out of a folder, or that come twice, are refused.
/// </summary>
public sealed class TreeReader
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly ArrayBufferWriter<byte> _scratch = new();
    private readonly AccountNameCache _accounts = new();
    private int _position;
    private JsonReaderState _state;
    private RawPath _last;
    private Stage _stage;

    /// <param name="bytes">The plain bytes of a tree blob; must not change while the reader is in use.</param>
    public TreeReader(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    private enum Stage
    {
        Begin,
        InNodes,
        End,
    }

    /// <summary>All nodes of a tree.</summary>
    /// <exception cref="TreeFormatException">As <see cref="Read"/>.</exception>
    public static IReadOnlyList<TreeNode> ReadAll(ReadOnlyMemory<byte> bytes)
    {
        var (reader, nodes) = (new TreeReader(bytes), new List<TreeNode>());
        while (reader.Read() is { } node)
            nodes.Add(node);
        return nodes;
    }

    /// <summary>The next node; null after the last.</summary>
    /// <exception cref="TreeFormatException">The bytes are no tree, or a name is not one that a folder can hold once.</exception>
    public TreeNode? Read()
    {
        try
        {
            var reader = new Utf8JsonReader(_bytes.Span[_position..], isFinalBlock: true, _state);
            var node = Next(ref reader);
            _position += (int)reader.BytesConsumed;
            _state = reader.CurrentState;
            return node;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new TreeFormatException("The tree is not valid JSON of the repository format.", e);
        }
    }

    private TreeNode? Next(ref Utf8JsonReader reader)
    {
        if (_stage == Stage.Begin)
        {
            _stage = Stage.End;
            Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!reader.ValueTextEquals("nodes"u8))
                {
                    reader.Read();
                    reader.Skip();
                    continue;
                }

                reader.Read();
                if (reader.TokenType == JsonTokenType.Null)
                    continue;
                Expect(reader.TokenType == JsonTokenType.StartArray);
                _stage = Stage.InNodes;
                break;
            }
        }

        if (_stage == Stage.End)
            return null;
        if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            return Checked(TreeNodeParser.Parse(ref reader, _scratch, _accounts));

        Expect(reader.TokenType == JsonTokenType.EndArray);
        _stage = Stage.End;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            reader.Read();
            reader.Skip();
        }

        Expect(reader.TokenType == JsonTokenType.EndObject);
        return null;
    }

    private TreeNode Checked(TreeNode node)
    {
        if (!node.Name.IsEntryName)
            throw new TreeFormatException($"The tree holds the name '{node.Name}', which is not the name of a folder's entry.");

        // Every client writes the names sorted; requiring it finds a name that comes twice without remembering them all.
        if (!_last.IsEmpty && node.Name <= _last)
            throw new TreeFormatException($"The tree holds the name '{node.Name}' twice or out of order.");
        _last = node.Name;
        return node;
    }

    private static void Expect(bool condition)
    {
        if (!condition)
            throw new TreeFormatException("The tree is not valid JSON of the repository format.");
    }
}
