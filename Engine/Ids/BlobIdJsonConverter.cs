using System.Text.Json;
using System.Text.Json.Serialization;

namespace BackupOnline.Engine.Ids;

/// <summary>A blob id in JSON is its 64 hexadecimal digits.</summary>
public sealed class BlobIdJsonConverter : JsonConverter<BlobId>
{
    public override BlobId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        BlobId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("A blob id is 64 lowercase hexadecimal digits.");

    public override void Write(Utf8JsonWriter writer, BlobId value, JsonSerializerOptions options)
    {
        Span<byte> hex = stackalloc byte[BlobId.HexLength];
        value.FormatHex(hex);
        writer.WriteStringValue(hex);
    }
}
