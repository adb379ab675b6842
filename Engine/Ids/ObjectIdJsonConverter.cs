using System.Text.Json;
using System.Text.Json.Serialization;

namespace BackupOnline.Engine.Ids;

/// <summary>An object id in JSON is its 64 hexadecimal digits.</summary>
public sealed class ObjectIdJsonConverter : JsonConverter<ObjectId>
{
    public override ObjectId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ObjectId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("An object id is 64 lowercase hexadecimal digits.");

    public override void Write(Utf8JsonWriter writer, ObjectId value, JsonSerializerOptions options)
    {
        Span<byte> hex = stackalloc byte[ObjectId.HexLength];
        value.FormatHex(hex);
        writer.WriteStringValue(hex);
    }
}
