using System.Text.RegularExpressions;
using BackupOnline.Grains.Interfaces.Names;

namespace BackupOnline.Client.Answers;

/// <summary>Names in paths. What is malformed cannot exist, so it is answered as unknown, and never becomes a grain key.</summary>
internal static partial class RouteName
{
    /// <summary>The first route value that no such thing can bear, or null.</summary>
    public static string? FirstMalformed(RouteValueDictionary values)
    {
        foreach (var (name, value) in values)
            if (!IsWellFormed(name, value as string))
                return name;
        return null;
    }

    public static bool IsJobId(string? text) => text is not null && JobPattern().IsMatch(text);

    private static bool IsWellFormed(string name, string? value) => name switch
    {
        "tenant" or "vault" or "set" or "host" or "node" or "vm" => NameRule.IsWellFormed(value),
        "job" => IsJobId(value),
        "snapshot" => value is not null && SnapshotPattern().IsMatch(value),
        "key" or "credential" => value is not null && KeyPattern().IsMatch(value),
        _ => true,
    };

    [GeneratedRegex(@"^j[0-9a-f]{32}\z")]
    private static partial Regex JobPattern();

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex SnapshotPattern();

    [GeneratedRegex(@"^[kc][a-z2-7]{20}\z")]
    private static partial Regex KeyPattern();
}
