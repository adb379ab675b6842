using BackupOnline.Agent.Exits;

namespace BackupOnline.Agent.Repositories;

/// <summary>Where a repository is: a folder of this machine, or a shelf that speaks restic's REST protocol.</summary>
internal sealed record RepositoryAddress
{
    private const string Rest = "rest:";
    private const string Local = "local:";

    // restic's other back ends: named so that a mistyped one is not taken for a folder.
    private static readonly string[] Foreign = ["sftp:", "s3:", "b2:", "azure:", "gs:", "swift:", "rclone:"];

    /// <summary>A folder, or null.</summary>
    public string? Folder { get; init; }

    /// <summary>The shelf's URL without user and password, ending with a slash; or null.</summary>
    public Uri? Url { get; init; }

    public string? User { get; init; }

    public string? Secret { get; init; }

    /// <summary>The address as it may be shown: never with the secret.</summary>
    public string Shown => Url is null ? Folder! : Rest + Url;

    public static RepositoryAddress Parse(string text)
    {
        if (text.StartsWith(Rest, StringComparison.Ordinal))
            return ParseUrl(text[Rest.Length..]);
        if (Foreign.FirstOrDefault(kind => text.StartsWith(kind, StringComparison.Ordinal)) is { } kind)
            throw new AgentStop(ExitCode.Fatal, RepositorySentences.ForeignKind, kind);
        // "https://..." without "rest:" would silently become a folder.
        if (text.Contains("://", StringComparison.Ordinal))
            throw new AgentStop(ExitCode.Fatal, RepositorySentences.UrlWithoutRest);
        var folder = text.StartsWith(Local, StringComparison.Ordinal) ? text[Local.Length..] : text;
        return folder.Length == 0
            ? throw new AgentStop(ExitCode.Fatal, RepositorySentences.NoneGiven)
            : new RepositoryAddress { Folder = Path.GetFullPath(folder) };
    }

    /// <summary>True when somebody could read a password in it.</summary>
    public static bool HoldsSecret(string text) =>
        text.StartsWith(Rest, StringComparison.Ordinal)
        && Uri.TryCreate(text[Rest.Length..], UriKind.Absolute, out var url)
        && url.UserInfo.Contains(':') && !url.UserInfo.EndsWith(':');

    private static RepositoryAddress ParseUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
            throw new AgentStop(ExitCode.Fatal, RepositorySentences.BadUrl);
        PlainHttp.Refuse(url);
        var user = url.UserInfo.Split(':', 2);
        var bare = new UriBuilder(url) { UserName = "", Password = "", Query = "", Fragment = "" };
        if (!bare.Path.EndsWith('/'))
            bare.Path += "/";
        return new RepositoryAddress
        {
            Url = bare.Uri,
            User = user[0].Length == 0 ? null : Uri.UnescapeDataString(user[0]),
            Secret = user.Length < 2 || user[1].Length == 0 ? null : Uri.UnescapeDataString(user[1]),
        };
    }
}
