using System.Text.Json;

namespace BackupOnline.Rules.Tests.Cases;

/// <summary>Judges of the sections of <c>metering.json</c>.</summary>
internal static class MeteringCases
{
    public static IReadOnlyDictionary<string, Action<JsonElement>> Judges { get; } = new Dictionary<string, Action<JsonElement>>(StringComparer.Ordinal);
}
