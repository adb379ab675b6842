using System.Text.Json;

namespace BackupOnline.Agent.Hypervisors.PowerShell;

/// <summary>Reads answers of a script: what is missing or null is null, and never an empty list.</summary>
internal static class JsonAnswer
{
    public static string? Text(this JsonElement from, string name) =>
        Member(from, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static long? Number(this JsonElement from, string name) =>
        Member(from, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    /// <summary>What is missing is false.</summary>
    public static bool Flag(this JsonElement from, string name) => Member(from, name) is { ValueKind: JsonValueKind.True };

    public static IReadOnlyList<long>? Numbers(this JsonElement from, string name) =>
        Member(from, name) is { ValueKind: JsonValueKind.Array } values ? [.. values.EnumerateArray().Select(value => value.GetInt64())] : null;

    public static IReadOnlyList<string>? Texts(this JsonElement from, string name) =>
        Member(from, name) is { ValueKind: JsonValueKind.Array } values ? [.. values.EnumerateArray().Select(value => value.GetString() ?? "")] : null;

    /// <summary>A list; a single object counts as a list of one, as PowerShell writes it, and null as an empty one.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement from) => from.ValueKind switch
    {
        JsonValueKind.Array => from.EnumerateArray(),
        JsonValueKind.Object => [from],
        _ => [],
    };

    private static JsonElement? Member(JsonElement from, string name) => from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) ? value : null;
}
