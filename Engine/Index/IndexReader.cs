using System.Text.Json;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Packs;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Engine.Index;

/// <summary>
/// Reads an index file's JSON token by token. Fields that it does not know are skipped, in any order. <c>marked_packs</c> is a field of ours (see <see cref="PackMarks"/>).
/// Throws <see cref="JsonException"/> for what is not JSON and <see cref="FormatException"/> for what is not an index.
/// </summary>
internal static class IndexReader
{
    public static void Read(ReadOnlySpan<byte> json, BlobIndex index) => Read(json, index.AddPack, (_, _) => { });

    /// <summary>As the other overload; the list of blobs is used again after each call of <paramref name="onPack"/>.</summary>
    public static void Read(ReadOnlySpan<byte> json, Action<ObjectId, IReadOnlyList<PackedBlob>> onPack, Action<ObjectId, DateTimeOffset> onMark)
    {
        try
        {
            ReadIndex(json, onPack, onMark);
        }
        catch (InvalidOperationException e)
        {
            // What the reader throws for text with half a surrogate pair.
            throw new FormatException("A text in the index is no text.", e);
        }
    }

    private static void ReadIndex(ReadOnlySpan<byte> json, Action<ObjectId, IReadOnlyList<PackedBlob>> onPack, Action<ObjectId, DateTimeOffset> onMark)
    {
        var reader = new Utf8JsonReader(json);
        var blobs = new List<PackedBlob>();
        Expect(ref reader, JsonTokenType.StartObject);
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("packs"u8))
                ReadPacks(ref reader, blobs, onPack);
            else if (reader.ValueTextEquals("marked_packs"u8))
                ReadMarks(ref reader, onMark);
            else
                Skip(ref reader);
        }

        if (reader.Read())
            throw new FormatException("Something follows the index.");
    }

    private static void ReadPacks(ref Utf8JsonReader reader, List<PackedBlob> blobs, Action<ObjectId, IReadOnlyList<PackedBlob>> onPack)
    {
        if (!StartArray(ref reader))
            return;
        while (StartElement(ref reader))
        {
            blobs.Clear();
            ObjectId pack = default;
            while (NextProperty(ref reader))
            {
                if (reader.ValueTextEquals("id"u8))
                    pack = ReadPackId(ref reader);
                else if (reader.ValueTextEquals("blobs"u8))
                    ReadBlobs(ref reader, blobs);
                else
                    Skip(ref reader);
            }

            if (pack.IsZero)
                throw new FormatException("A pack has no id.");
            onPack(pack, blobs);
        }
    }

    private static void ReadMarks(ref Utf8JsonReader reader, Action<ObjectId, DateTimeOffset> onMark)
    {
        if (!StartArray(ref reader))
            return;
        while (StartElement(ref reader))
        {
            ObjectId pack = default;
            DateTimeOffset? since = null;
            while (NextProperty(ref reader))
            {
                if (reader.ValueTextEquals("id"u8))
                    pack = ReadPackId(ref reader);
                else if (reader.ValueTextEquals("since"u8))
                    since = ReadTime(ref reader);
                else
                    Skip(ref reader);
            }

            if (pack.IsZero || since is null)
                throw new FormatException("A mark lacks a field.");
            onMark(pack, since.Value);
        }
    }

    private static void ReadBlobs(ref Utf8JsonReader reader, List<PackedBlob> blobs)
    {
        if (!StartArray(ref reader))
            return;
        while (StartElement(ref reader))
            blobs.Add(ReadBlob(ref reader));
    }

    private static PackedBlob ReadBlob(ref Utf8JsonReader reader)
    {
        BlobId id = default;
        BlobType? type = null;
        uint offset = 0, length = 0, plainLength = 0;
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("id"u8))
                id = ReadBlobId(ref reader);
            else if (reader.ValueTextEquals("type"u8))
                type = ReadType(ref reader);
            else if (reader.ValueTextEquals("offset"u8))
                offset = ReadNumber(ref reader);
            else if (reader.ValueTextEquals("length"u8))
                length = ReadNumber(ref reader);
            else if (reader.ValueTextEquals("uncompressed_length"u8))
                plainLength = ReadNumber(ref reader);
            else
                Skip(ref reader);
        }

        if (id.IsZero || type is null || length is < RepositoryCipher.Overhead or > int.MaxValue || plainLength > int.MaxValue)
            throw new FormatException("A blob lacks a field or has an impossible length.");
        return new PackedBlob(
            type.Value, id, offset, (int)length, plainLength != 0 ? (int)plainLength : (int)length - RepositoryCipher.Overhead, plainLength != 0);
    }

    private static ObjectId ReadPackId(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return ObjectId.TryParse(reader.ValueSpan, out var id) ? id : throw new FormatException("A pack's id is not one.");
    }

    private static DateTimeOffset ReadTime(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return RfcTimeJsonConverter.TryParse(reader.GetString()!, out var time) ? time : throw new FormatException("A time is not one.");
    }

    private static BlobId ReadBlobId(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return BlobId.TryParse(reader.ValueSpan, out var id) ? id : throw new FormatException("A blob's id is not one.");
    }

    private static BlobType ReadType(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return reader.ValueTextEquals("data"u8) ? BlobType.Data
            : reader.ValueTextEquals("tree"u8) ? BlobType.Tree
            : throw new FormatException("A blob is of an unknown type.");
    }

    private static uint ReadNumber(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.Number);
        return reader.TryGetUInt32(out var number) ? number : throw new FormatException("An offset or length is out of range.");
    }

    private static bool NextProperty(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    // Go writes null for an empty list.
    private static bool StartArray(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.StartArray => true,
            JsonTokenType.Null => false,
            _ => throw new FormatException("A list is expected."),
        };
    }

    private static bool StartElement(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => true,
            JsonTokenType.EndArray => false,
            _ => throw new FormatException("An object is expected."),
        };
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
            throw new FormatException($"{type} is expected.");
    }

    private static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }
}
