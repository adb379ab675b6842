using System.Buffers;
using System.Text;
using System.Text.Json;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Trees;

/// <summary>Reads the JSON object of one node.</summary>
internal static class TreeNodeParser
{
    /// <summary>The names of the fields in the order in which clients write them, each at the place that its <see cref="Field"/> has.</summary>
    private static readonly byte[][] FieldNames = [.. new[]
    {
        "name", "type", "mode", "mtime", "atime", "ctime", "uid", "gid", "user", "group", "inode", "device_id", "size", "links",
        "linktarget", "linktarget_raw", "extended_attributes", "device", "content", "subtree", "error",
    }.Select(Encoding.UTF8.GetBytes)];

    private enum Field
    {
        Name, Type, Mode, ModifiedAt, AccessedAt, ChangedAt, Uid, Gid, User, Group, Inode, DeviceId, Size, Links,
        LinkTarget, RawLinkTarget, ExtendedAttributes, Device, Content, Subtree, Error, Other,
    }

    /// <summary>The reader stands on the object's start, and on its end afterwards.</summary>
    public static TreeNode Parse(ref Utf8JsonReader reader, ArrayBufferWriter<byte> scratch, AccountNameCache accounts)
    {
        var (name, type, mode, target) = (default(RawPath), NodeType.Unknown, default(NodeMode), default(RawPath));
        var (modified, accessed, changed) = (default(NodeTime), default(NodeTime), default(NodeTime));
        var (uid, gid, user, group, error) = (0u, 0u, "", "", "");
        var (inode, deviceId, size, links, device) = (0ul, 0ul, 0ul, 0ul, 0ul);
        IReadOnlyList<ExtendedAttribute> attributes = [];
        BlobId[]? content = null;
        BlobId? subtree = null;
        byte[]? rawTarget = null;
        var field = Field.Other;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            field = FieldOf(ref reader, after: field);
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
                continue;
            switch (field)
            {
                case Field.Name: name = Name(ref reader, scratch); break;
                case Field.Type: type = NodeTypeName.Parse(Text(ref reader, scratch)); break;
                case Field.Mode: mode = new NodeMode(reader.GetUInt32()); break;
                case Field.ModifiedAt: modified = Time(ref reader, scratch); break;
                case Field.AccessedAt: accessed = Time(ref reader, scratch); break;
                case Field.ChangedAt: changed = Time(ref reader, scratch); break;
                case Field.Uid: uid = reader.GetUInt32(); break;
                case Field.Gid: gid = reader.GetUInt32(); break;
                case Field.User: user = accounts.User(ref reader); break;
                case Field.Group: group = accounts.Group(ref reader); break;
                case Field.Inode: inode = reader.GetUInt64(); break;
                case Field.DeviceId: deviceId = reader.GetUInt64(); break;
                case Field.Size: size = reader.GetUInt64(); break;
                case Field.Links: links = reader.GetUInt64(); break;
                case Field.LinkTarget: target = new RawPath(Text(ref reader, scratch)); break;
                case Field.RawLinkTarget: rawTarget = reader.GetBytesFromBase64(); break;
                case Field.ExtendedAttributes: attributes = Attributes(ref reader); break;
                case Field.Device: device = reader.GetUInt64(); break;
                case Field.Content: content = Content(ref reader); break;
                case Field.Subtree: subtree = Id(ref reader); break;
                case Field.Error: error = reader.GetString()!; break;
                default: reader.Skip(); break;
            }
        }

        return new TreeNode
        {
            Name = name,
            Type = type,
            Mode = mode,
            ModifiedAt = modified,
            AccessedAt = accessed,
            ChangedAt = changed,
            Uid = uid,
            Gid = gid,
            User = user,
            Group = group,
            Inode = inode,
            DeviceId = deviceId,
            Size = size,
            Links = links,
            LinkTarget = rawTarget is null ? target : new RawPath(rawTarget),
            ExtendedAttributes = attributes,
            Device = device,
            Content = content,
            Subtree = subtree,
            Error = error,
        };
    }

    /// <summary>Looks first at the field that usually comes next.</summary>
    private static Field FieldOf(ref Utf8JsonReader reader, Field after)
    {
        var first = (int)after + 1;
        for (var i = 0; i < FieldNames.Length; i++)
        {
            var at = (first + i) % FieldNames.Length;
            if (reader.ValueTextEquals(FieldNames[at]))
                return (Field)at;
        }

        return Field.Other;
    }

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
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndArray)
            return [];
        var first = Id(ref reader);
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndArray)
            return [first];
        var ids = new List<BlobId> { first };
        do
        {
            ids.Add(Id(ref reader));
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray);
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
                    name = reader.GetString() ?? "";
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
