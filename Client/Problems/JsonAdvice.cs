using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace BackupOnline.Client.Problems;

/// <summary>Turns what the JSON reader complains of into advice in the caller's terms: no type of ours is named.</summary>
internal static partial class JsonAdvice
{
    public static IReadOnlyList<FieldFault> For(JsonException fault, Type? requestType)
    {
        var missing = MissingPattern().Match(fault.Message);
        if (missing.Success)
            return [.. QuotedPattern().Matches(missing.Groups[1].Value).Select(name => new FieldFault(name.Groups[1].Value, "is required."))];
        if (fault.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
            return [new(Quoted(fault), $"is not known here.{Known(requestType)}")];
        if (fault.Message.StartsWith("Duplicate property", StringComparison.Ordinal))
            return [new(Quoted(fault), "is there twice.")];
        var field = PathPattern().Match(fault.Path ?? "").Groups[1].Value;
        var property = Properties(requestType).FirstOrDefault(candidate => Name(candidate) == field);
        return property is null
            ? [new("body", $"is not JSON of the wanted form (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1} of it).")]
            : [new(field, Wanted(property.PropertyType))];
    }

    private static string Wanted(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            return $"must be one of: {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))}.";
        if (type == typeof(string))
            return "must be a text.";
        if (type == typeof(int) || type == typeof(long))
            return "must be a whole number.";
        if (type == typeof(bool))
            return "must be true or false.";
        if (type == typeof(DateTimeOffset))
            return "must be an instant with its offset, such as \"2026-11-30T22:28:00Z\" or \"2026-11-30T23:28:00+01:00\".";
        if (type == typeof(DateOnly))
            return "must be a day, such as \"2026-11-30\".";
        return type == typeof(TimeSpan) ? "must be a duration such as \"1.00:00:00\" (one day)." : "is not of the wanted form.";
    }

    private static string Known(Type? type) => type is null ? "" : $" Known are: {string.Join(", ", Properties(type).Select(Name))}.";

    private static IEnumerable<PropertyInfo> Properties(Type? type) =>
        type?.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null) ?? [];

    private static string Name(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static string Quoted(JsonException fault) => QuotedPattern().Match(fault.Message).Groups[1].Value;

    [GeneratedRegex("missing required properties including: (.*)$")]
    private static partial Regex MissingPattern();

    [GeneratedRegex("'([^']{0,100})'")]
    private static partial Regex QuotedPattern();

    [GeneratedRegex(@"^\$\.([A-Za-z]+)")]
    private static partial Regex PathPattern();
}
