using System.Text.Json;
using System.Text.Json.Serialization;

namespace BackupOnline.Persistence.Storage;

/// <summary>The one JSON form of views, in listings and at the door: camelCase, enums as camelCase words, nulls written.</summary>
public static class ListingJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    public static string Write<T>(T view) => JsonSerializer.Serialize(view, Options);

    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("A listing's view is null.");

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
