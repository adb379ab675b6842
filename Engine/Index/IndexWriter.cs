using System.Buffers;
using System.Text.Json;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Packs;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Engine.Index;

/// <summary>Writes an index file's JSON in one pass into a buffer that is made large enough at once.</summary>
internal static class IndexWriter
{
    // Braces, names, an id and four numbers of up to ten digits.
    private const int MaxBlobBytes = 192;
    private const int MaxPackBytes = 96;

    public static ReadOnlyMemory<byte> Write(
        IReadOnlyList<(ObjectId Pack, IReadOnlyList<PackedBlob> Blobs)> packs, IReadOnlyDictionary<ObjectId, DateTimeOffset>? marks = null)
    {
        var buffer = new ArrayBufferWriter<byte>(64 + packs.Sum(pack => MaxPackBytes + (pack.Blobs.Count * MaxBlobBytes)));
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        Span<byte> hex = stackalloc byte[Hash256.HexLength];
        json.WriteStartObject();
        json.WriteStartArray("packs"u8);
        foreach (var (pack, blobs) in packs)
        {
            json.WriteStartObject();
            pack.FormatHex(hex);
            json.WriteString("id"u8, hex);
            json.WriteStartArray("blobs"u8);
            for (var i = 0; i < blobs.Count; i++)
            {
                var blob = blobs[i];
                json.WriteStartObject();
                blob.Id.FormatHex(hex);
                json.WriteString("id"u8, hex);
                json.WriteString("type"u8, blob.Type == BlobType.Tree ? "tree"u8 : "data"u8);
                json.WriteNumber("offset"u8, blob.Offset);
                json.WriteNumber("length"u8, blob.Length);
                if (blob.IsCompressed)
                    json.WriteNumber("uncompressed_length"u8, blob.PlainLength);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (marks is not null)
            WriteMarks(json, marks);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteMarks(Utf8JsonWriter json, IReadOnlyDictionary<ObjectId, DateTimeOffset> marks)
    {
        json.WriteStartArray("marked_packs"u8);
        foreach (var (pack, since) in marks.OrderBy(mark => mark.Key))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, pack.ToString());
            json.WriteString("since"u8, RfcTimeJsonConverter.Format(since));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
