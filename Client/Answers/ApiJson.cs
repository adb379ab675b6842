using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;

namespace BackupOnline.Client.Answers;

/// <summary>The one JSON form of the door. What it reads is judged strictly: a misspelt member is refused, not ignored.</summary>
internal static class ApiJson
{
    public static void Configure(JsonOptions options) => Configure(options.SerializerOptions);

    public static void Configure(JsonSerializerOptions json)
    {
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        json.Converters.Add(new OffsetInstants());
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.AllowDuplicateProperties = false;
        json.RespectNullableAnnotations = true;
        json.PropertyNameCaseInsensitive = false;
        json.MaxDepth = 16;
    }
}
