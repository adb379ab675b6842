using System.Buffers;
using System.Text;
using System.Text.Json;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Trees;

/// <summary>Reads the JSON object of one node.</summary>
internal static class TreeNodeParser
{
    /// <summary>The reader stands on the object's start, and on its end afterwards.</summary>
    public static TreeNode Parse(ref Utf8JsonReader reader, ArrayBufferWriter<byte> scratch)
    {
        var node = new TreeNode { Name = default, Type = NodeType.Unknown };
        byte[]? rawTarget = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref reader);
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
                continue;
            switch (field)
            {
                case Field.Name: node = node with { Name = Name(ref reader, scratch) }; break;
                case Field.Type: node = node with { Type = NodeTypeName.Parse(Text(ref reader, scratch)) }; break;
                case Field.Mode: node = node with { Mode = new NodeMode(reader.GetUInt32()) }; break;
                case Field.ModifiedAt: node = node with { ModifiedAt = Time(ref reader, scratch) }; break;
                case Field.AccessedAt: node = node with { AccessedAt = Time(ref reader, scratch) }; break;
                case Field.ChangedAt: node = node with { ChangedAt = Time(ref reader, scratch) }; break;
                case Field.Uid: node = node with { Uid = reader.GetUInt32() }; break;
                case Field.Gid: node = node with { Gid = reader.GetUInt32() }; break;
                case Field.User: node = node with { User = reader.GetString()! }; break;
                case Field.Group: node = node with { Group = reader.GetString()! }; break;
                case Field.Inode: node = node with { Inode = reader.GetUInt64() }; break;
                case Field.DeviceId: node = node with { DeviceId = reader.GetUInt64() }; break;
                case Field.Size: node = node with { Size = reader.GetUInt64() }; break;
                case Field.Links: node = node with { Links = reader.GetUInt64() }; break;
                case Field.LinkTarget: node = node with { LinkTarget = new RawPath(Text(ref reader, scratch)) }; break;
                case Field.RawLinkTarget: rawTarget = reader.GetBytesFromBase64(); break;
                case Field.ExtendedAttributes: node = node with { ExtendedAttributes = Attributes(ref reader) }; break;
                case Field.Device: node = node with { Device = reader.GetUInt64() }; break;
                case Field.Content: node = node with { Content = Content(ref reader) }; break;
                case Field.Subtree: node = node with { Subtree = Id(ref reader) }; break;
                case Field.Error: node = node with { Error = reader.GetString()! }; break;
                default: reader.Skip(); break;
            }
        }

        return rawTarget is null ? node : node with { LinkTarget = new RawPath(rawTarget) };
    }

    private enum Field
    {
        Other, Name, Type, Mode, ModifiedAt, AccessedAt, ChangedAt, Uid, Gid, User, Group, Inode, DeviceId, Size, Links,
        LinkTarget, RawLinkTarget, ExtendedAttributes, Device, Content, Subtree, Error,
    }

    private static Field FieldOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("name"u8) ? Field.Name
        : reader.ValueTextEquals("type"u8) ? Field.Type
        : reader.ValueTextEquals("mode"u8) ? Field.Mode
        : reader.ValueTextEquals("mtime"u8) ? Field.ModifiedAt
        : reader.ValueTextEquals("atime"u8) ? Field.AccessedAt
        : reader.ValueTextEquals("ctime"u8) ? Field.ChangedAt
        : reader.ValueTextEquals("uid"u8) ? Field.Uid
        : reader.ValueTextEquals("gid"u8) ? Field.Gid
        : reader.ValueTextEquals("user"u8) ? Field.User
        : reader.ValueTextEquals("group"u8) ? Field.Group
        : reader.ValueTextEquals("inode"u8) ? Field.Inode
        : reader.ValueTextEquals("device_id"u8) ? Field.DeviceId
        : reader.ValueTextEquals("size"u8) ? Field.Size
        : reader.ValueTextEquals("links"u8) ? Field.Links
        : reader.ValueTextEquals("linktarget"u8) ? Field.LinkTarget
        : reader.ValueTextEquals("linktarget_raw"u8) ? Field.RawLinkTarget
        : reader.ValueTextEquals("extended_attributes"u8) ? Field.ExtendedAttributes
        : reader.ValueTextEquals("device"u8) ? Field.Device
        : reader.ValueTextEquals("content"u8) ? Field.Content
        : reader.ValueTextEquals("subtree"u8) ? Field.Subtree
        : reader.ValueTextEquals("error"u8) ? Field.Error
        : Field.Other;

    private static RawPath Name(ref Utf8JsonReader reader, ArrayBufferWriter<byte> scratch)
    {
        var quoted = Text(ref reader, scratch);

        // Most names have no escape at all: then the text is the name.
        if (quoted.IndexOfAny((byte)'\\', (byte)'"') < 0)
            return new RawPath(quoted);
        var name = new ArrayBufferWriter<byte>(quoted.Length);
        if (!GoQuote.TryUnquote(quoted, name))
            throw new TreeFormatException($"The tree holds the name '{Encoding.UTF8.GetString(quoted)}', whose escapes cannot be read.");
        return new RawPath(name.WrittenSpan);
    }

    /// <summary>The unescaped text, valid until the next call.</summary>
    private static ReadOnlySpan<byte> Text(ref Utf8JsonReader reader, ArrayBufferWriter<byte> scratch)
    {
        if (!reader.ValueIsEscaped)
            return reader.ValueSpan;
        scratch.ResetWrittenCount();
        var span = scratch.GetSpan(reader.ValueSpan.Length);
        var length = reader.CopyString(span);
        return span[..length];
    }

    private static NodeTime Time(ref Utf8JsonReader reader, ArrayBufferWriter<byte> scratch) =>
        NodeTime.TryParse(Text(ref reader, scratch), out var time) ? time : throw new TreeFormatException("The tree holds a time that is not RFC 3339.");

    private static BlobId Id(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && BlobId.TryParse(reader.ValueSpan, out var id)
            ? id
            : throw new TreeFormatException("The tree holds an id that is not 64 lowercase hexadecimal digits.");

    private static BlobId[] Content(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new TreeFormatException("The content of a node must be a list of ids.");
        var ids = new List<BlobId>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            ids.Add(Id(ref reader));
        return [.. ids];
    }

    private static List<ExtendedAttribute> Attributes(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new TreeFormatException("The extended attributes of a node must be a list.");
        var attributes = new List<ExtendedAttribute>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var (name, value) = ("", Array.Empty<byte>());
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isName, isValue) = (reader.ValueTextEquals("name"u8), reader.ValueTextEquals("value"u8));
                reader.Read();
                if (isName)
                    name = reader.GetString()!;
                else if (isValue && reader.TokenType == JsonTokenType.String)
                    value = reader.GetBytesFromBase64();
                else
                    reader.Skip();
            }

            attributes.Add(new ExtendedAttribute(name, value));
        }

        return attributes;
    }
}
