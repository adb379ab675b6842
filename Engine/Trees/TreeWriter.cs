using System.Buffers;
using System.Buffers.Text;
using System.Text;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Trees;

/// <summary>
/// Writes the JSON of one folder, node by node in the order of their names' bytes. The same nodes give the same bytes as every other client of the format.
/// </summary>
public sealed class TreeWriter(IBufferWriter<byte> output)
{
    private readonly ArrayBufferWriter<byte> _quoted = new();
    private RawPath _last;
    private bool _begun;

    /// <summary>The bytes of a whole tree.</summary>
    public static byte[] Encode(IEnumerable<TreeNode> sortedNodes)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        Write(sortedNodes, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes a whole tree.</summary>
    public static void Write(IEnumerable<TreeNode> sortedNodes, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(sortedNodes);
        var writer = new TreeWriter(output);
        foreach (var node in sortedNodes)
            writer.Add(node);
        writer.Finish();
    }

    /// <exception cref="ArgumentException">The name is no entry's name, or does not come after the one before.</exception>
    public void Add(TreeNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (!node.Name.IsEntryName)
            throw new ArgumentException($"'{node.Name}' is not the name of a folder's entry.", nameof(node));
        if (_begun && node.Name <= _last)
            throw new ArgumentException($"'{node.Name}' must come after '{_last}' in a tree.", nameof(node));
        output.Write(_begun ? ","u8 : "{\"nodes\":["u8);
        (_begun, _last) = (true, node.Name);

        _quoted.ResetWrittenCount();
        GoQuote.Quote(node.Name.Bytes, _quoted);
        output.Write("{\"name\":"u8);
        GoJson.WriteString(_quoted.WrittenSpan, output);
        Text(",\"type\":"u8, NodeTypeName.Of(node.Type));
        NumberUnlessZero(",\"mode\":"u8, node.Mode.Bits);
        Time(",\"mtime\":"u8, node.ModifiedAt);
        Time(",\"atime\":"u8, node.AccessedAt);
        Time(",\"ctime\":"u8, node.ChangedAt);
        output.Write(",\"uid\":"u8);
        GoJson.WriteNumber(node.Uid, output);
        output.Write(",\"gid\":"u8);
        GoJson.WriteNumber(node.Gid, output);
        TextUnlessEmpty(",\"user\":"u8, node.User);
        TextUnlessEmpty(",\"group\":"u8, node.Group);
        NumberUnlessZero(",\"inode\":"u8, node.Inode);
        NumberUnlessZero(",\"device_id\":"u8, node.DeviceId);
        NumberUnlessZero(",\"size\":"u8, node.Size);
        NumberUnlessZero(",\"links\":"u8, node.Links);
        LinkTarget(node.LinkTarget);
        Attributes(node.ExtendedAttributes);
        NumberUnlessZero(",\"device\":"u8, node.Device);
        Content(node.Content);
        if (node.Subtree is { } subtree)
        {
            output.Write(",\"subtree\":"u8);
            Id(subtree);
        }

        TextUnlessEmpty(",\"error\":"u8, node.Error);
        output.Write("}"u8);
    }

    /// <summary>Closes the tree. Nothing can be added after it.</summary>
    public void Finish() => output.Write(_begun ? "]}\n"u8 : "{\"nodes\":[]}\n"u8);

    private void Text(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value)
    {
        output.Write(field);
        GoJson.WriteString(value, output);
    }

    private void TextUnlessEmpty(ReadOnlySpan<byte> field, string value)
    {
        if (value.Length > 0)
            Text(field, Encoding.UTF8.GetBytes(value));
    }

    private void NumberUnlessZero(ReadOnlySpan<byte> field, ulong value)
    {
        if (value == 0)
            return;
        output.Write(field);
        GoJson.WriteNumber(value, output);
    }

    private void Time(ReadOnlySpan<byte> field, NodeTime time)
    {
        output.Write(field);
        Span<byte> utf8 = stackalloc byte[40];
        output.Write("\""u8);
        output.Write(utf8[..time.Format(utf8)]);
        output.Write("\""u8);
    }

    /// <summary>A target that is not UTF-8 is there twice: readable, and since restic 0.16 exactly. Older clients restore the readable one.</summary>
    private void LinkTarget(RawPath target)
    {
        if (target.IsEmpty)
            return;
        Text(",\"linktarget\":"u8, target.Bytes);
        if (!System.Text.Unicode.Utf8.IsValid(target.Bytes))
            Bytes(",\"linktarget_raw\":"u8, target.Bytes);
    }

    private void Attributes(IReadOnlyList<ExtendedAttribute> attributes)
    {
        for (var i = 0; i < attributes.Count; i++)
        {
            output.Write(i == 0 ? ",\"extended_attributes\":["u8 : ","u8);
            Text("{\"name\":"u8, Encoding.UTF8.GetBytes(attributes[i].Name));
            Bytes(",\"value\":"u8, attributes[i].Value.Span);
            output.Write(i == attributes.Count - 1 ? "}]"u8 : "}"u8);
        }
    }

    private void Bytes(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value)
    {
        output.Write(field);
        output.Write("\""u8);
        var span = output.GetSpan(Base64.GetMaxEncodedToUtf8Length(value.Length));
        Base64.EncodeToUtf8(value, span, out _, out var written);
        output.Advance(written);
        output.Write("\""u8);
    }

    private void Content(IReadOnlyList<BlobId>? content)
    {
        output.Write(content is null ? ",\"content\":null"u8 : ",\"content\":["u8);
        if (content is null)
            return;
        for (var i = 0; i < content.Count; i++)
        {
            if (i > 0)
                output.Write(","u8);
            Id(content[i]);
        }

        output.Write("]"u8);
    }

    private void Id(BlobId id)
    {
        var span = output.GetSpan(BlobId.HexLength + 2);
        span[0] = (byte)'"';
        id.FormatHex(span.Slice(1, BlobId.HexLength));
        span[BlobId.HexLength + 1] = (byte)'"';
        output.Advance(BlobId.HexLength + 2);
    }
}
