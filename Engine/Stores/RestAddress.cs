using System.Net;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Stores;

/// <summary>The address of a repository on a REST server, its credential taken apart from it. <see cref="Url"/> ends in a slash and holds no secret.</summary>
/// <param name="Url">http or https, without user information, query and fragment.</param>
/// <param name="Username">Null when the address has none.</param>
/// <param name="Password">Null when the address has none.</param>
public sealed record RestAddress(Uri Url, string? Username, string? Password)
{
    private const string Prefix = "rest:";

    /// <summary>Reads <c>rest:https://user:password@host:port/path/</c>; the prefix may be left out.</summary>
    /// <exception cref="RepositoryException">UnsafeAddress: not an address, or http:// to another machine, over which anyone could read the password.</exception>
    public static RestAddress Parse(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var text = address.StartsWith(Prefix, StringComparison.Ordinal) ? address[Prefix.Length..] : address;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw new RepositoryException(
                RepositoryProblem.UnsafeAddress,
                "The repository's address is not one of a REST server. Write it as rest:https://host:port/tenant/vault/ .");
        var credential = uri.UserInfo.Split(':', 2);
        return new RestAddress(
            Plain(uri),
            credential[0].Length > 0 ? Uri.UnescapeDataString(credential[0]) : null,
            credential.Length > 1 ? Uri.UnescapeDataString(credential[1]) : null).Checked();
    }

    /// <summary>The same with a URL that is safe to send a password to and that names can be joined to, however it was made.</summary>
    /// <exception cref="RepositoryException">UnsafeAddress.</exception>
    internal RestAddress Checked() => Url.Scheme == "https" || (Url.Scheme == "http" && IsLoopback(Url))
        ? this with { Url = Plain(Url) }
        : throw new RepositoryException(
            RepositoryProblem.UnsafeAddress,
            $"The address of {Url.Host} does not begin with https:// : password and data names could be read on the way. Use https://; http:// is for this machine alone.");

    internal static bool IsLoopback(Uri uri) =>
        uri.DnsSafeHost.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(uri.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));

    private static Uri Plain(Uri uri) => new UriBuilder(uri) { UserName = "", Password = "", Query = "", Fragment = "", Path = uri.AbsolutePath.TrimEnd('/') + "/" }.Uri;

    /// <summary>Without the password.</summary>
    public override string ToString() => Url.ToString();
}
