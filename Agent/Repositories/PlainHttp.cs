using BackupOnline.Agent.Exits;

namespace BackupOnline.Agent.Repositories;

/// <summary>Credentials never travel in clear: http:// is for this machine alone (decision 15).</summary>
internal static class PlainHttp
{
    public static void Refuse(Uri url)
    {
        if (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            return;
        throw new AgentStop(
            ExitCode.Fatal,
            url.Scheme == Uri.UriSchemeHttp ? RepositorySentences.PlainHttp : RepositorySentences.BadUrl,
            $"{url.Scheme}://{url.Authority}");
    }
}
