using System.Text.RegularExpressions;

namespace BackupOnline.Grains.Interfaces.Names;

/// <summary>Names of tenants, vaults, sets, hosts and nodes: design decision 25.</summary>
public static partial class NameRule
{
    /// <summary>What a refused caller is told.</summary>
    public const string Advice = "Use 2 to 40 characters: a-z, 0-9 and '-', starting with a letter or digit.";

    // The shelf's and the door's own paths start with these; 'provider' is the log of what belongs to no tenant.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal) { "health", "metrics", "api", "provider" };

    /// <summary>True when <paramref name="name"/> is well formed; reserved names are well formed too.</summary>
    public static bool IsWellFormed(string? name) => name is not null && Pattern().IsMatch(name);

    /// <summary>True when a tenant may bear this name: well formed and not reserved.</summary>
    public static bool MayNameTenant(string? name) => IsWellFormed(name) && !Reserved.Contains(name!);

    // \z and not $: $ would let a trailing newline through.
    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{1,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
