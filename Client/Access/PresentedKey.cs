using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Names;

namespace BackupOnline.Client.Access;

/// <summary>A key as somebody sent it, well formed but not yet judged. Never logged: its secret stays out of <see cref="ToString"/>.</summary>
internal sealed record PresentedKey
{
    /// <summary>Longer than any good key: 5 + 40 + 40 + 52 characters and separators.</summary>
    private const int LongestText = 200;

    public required KeyForm Form { get; init; }

    /// <summary>The tenant, or <c>provider</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>Key id of a program, or name of a host.</summary>
    public required string Name { get; init; }

    public required string SecretSha256 { get; init; }

    /// <summary>Under which a judged key is remembered: holds hashes only.</summary>
    public string CacheKey => $"{Form}/{Scope}/{Name}/{SecretSha256}";

    /// <summary><c>bo_{scope}_{keyId}_{secret}</c>, <c>boh_{tenant}_{host}_{secret}</c> or <c>boe_{tenant}_{host}_{secret}</c>; null for anything else.</summary>
    public static PresentedKey? Parse(string? text)
    {
        if (text is null || text.Length > LongestText)
            return null;
        var parts = text.Split('_');
        if (parts.Length != 4 || !NameRule.IsWellFormed(parts[1]) || !NameRule.IsWellFormed(parts[2]) || !IsSecret(parts[3]))
            return null;
        KeyForm? form = parts[0] switch { "bo" => KeyForm.Program, "boh" => KeyForm.Host, "boe" => KeyForm.Enrolment, _ => null };
        return form is null ? null : new() { Form = form.Value, Scope = parts[1], Name = parts[2], SecretSha256 = SecretText.Sha256(parts[3]) };
    }

    public override string ToString() => $"{Form} {Scope}/{Name}";

    private static bool IsSecret(string text) => text.Length == 52 && text.All(letter => letter is (>= 'a' and <= 'z') or (>= '2' and <= '7'));
}
