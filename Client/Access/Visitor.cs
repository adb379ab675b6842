using System.Security.Claims;
using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Names;

namespace BackupOnline.Client.Access;

/// <summary>Who asks, once the key was found good.</summary>
internal sealed record Visitor
{
    public required VisitorRole Role { get; init; }

    /// <summary>The tenant, or <c>provider</c> for operators.</summary>
    public required string Scope { get; init; }

    /// <summary>Key id, or the host's name.</summary>
    public required string Name { get; init; }

    /// <summary>As the log names the caller.</summary>
    public string Actor => Role == VisitorRole.Host ? $"host:{Scope}/{Name}" : $"key:{Scope}/{Name}";

    public bool IsOperator => Role == VisitorRole.Operator;

    /// <summary>The host that the visitor is, or null.</summary>
    public string? Host => Role == VisitorRole.Host ? Name : null;

    public bool MaySee(string tenant) => IsOperator || Scope == tenant;

    public static Visitor Of(HttpContext http) =>
        http.Features.Get<Visitor>() ?? throw new InvalidOperationException("This endpoint needs a visitor and lets strangers in: its policy is missing.");

    public static Visitor? Of(AccessKeyView key) => (key.Role, key.Scope) switch
    {
        (AccessRole.Operator, KeyringKey.Operators) => new() { Role = VisitorRole.Operator, Scope = key.Scope, Name = key.KeyId },
        (AccessRole.Manager, not KeyringKey.Operators) => new() { Role = VisitorRole.Manager, Scope = key.Scope, Name = key.KeyId },
        (AccessRole.Reader, not KeyringKey.Operators) => new() { Role = VisitorRole.Reader, Scope = key.Scope, Name = key.KeyId },
        _ => null,
    };

    public ClaimsPrincipal ToPrincipal(string scheme) =>
        new(new ClaimsIdentity([new(ClaimTypes.Name, Actor), new(ClaimTypes.Role, Role.ToString())], scheme));
}
