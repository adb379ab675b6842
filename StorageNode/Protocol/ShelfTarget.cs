using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.StorageNode.Objects;

namespace BackupOnline.StorageNode.Protocol;

/// <summary>
/// What a request is about, read from the bytes of its request line and not from any decoded form of them:
/// only letters that need no encoding occur in our paths, so that no encoding, dot segment or Unicode form has a meaning here.
/// </summary>
internal sealed record ShelfTarget(VaultKey Vault, ObjectType? Listing, ObjectId? Object)
{
    private const int LongestTarget = 256;

    /// <summary>True for the vault itself: <c>/{tenant}/{vault}/</c>.</summary>
    public bool IsVault => Listing is null && Object is null && Probe is null;

    /// <summary>The name below <c>.probe/</c>, the SHA-256 of a probe's bytes; null for everything that is not a probe (decision 22).</summary>
    public string? Probe { get; private init; }

    /// <summary>True for <c>?create=true</c>.</summary>
    public bool Create { get; private init; }

    /// <summary>Null when the target is not one of the protocol's own forms.</summary>
    public static ShelfTarget? Parse(string rawTarget)
    {
        if (rawTarget.Length > LongestTarget || !rawTarget.StartsWith('/'))
            return null;

        var (path, query) = rawTarget.IndexOf('?') is >= 0 and var mark ? (rawTarget[..mark], rawTarget[mark..]) : (rawTarget, "");
        var parts = path.Split('/');
        if (parts.Length is < 4 or > 5 || !NameRule.MayNameTenant(parts[1]) || !NameRule.IsWellFormed(parts[2]))
            return null;

        var target = Below(new(parts[1], parts[2]), parts[3..]);
        return query switch
        {
            "" => target,
            "?create=true" when target is { IsVault: true } => target with { Create = true },
            _ => null,
        };
    }

    private static ShelfTarget? Below(VaultKey vault, string[] rest) => rest switch
    {
        [""] => new(vault, null, null),
        [".probe", var name] when ObjectId.IsName(name) => new(vault, null, null) { Probe = name },
        ["config"] => new(vault, null, ObjectId.Config),
        [var word, ""] when ObjectTypes.Parse(word) is { } type => new(vault, type, null),
        [var word, var name] when ObjectTypes.Parse(word) is { } type && ObjectId.IsName(name) => new(vault, null, ObjectId.Named(type, name)),
        _ => null,
    };
}
