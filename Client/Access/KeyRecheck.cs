using System.Net.Http.Headers;
using BackupOnline.Client.Cluster;
using BackupOnline.Persistence.Storage;

namespace BackupOnline.Client.Access;

/// <summary>For answers that last: whether the key that opened them is still good.</summary>
internal sealed class KeyRecheck(KeyJudge judge)
{
    /// <summary>True as long as nobody says otherwise: a service that is away does not close a screen.</summary>
    public async Task<bool> StillGoodAsync(HttpContext http, CancellationToken cancellation)
    {
        if (!AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization, out var header) || PresentedKey.Parse(header.Parameter) is not { } key)
            return false;
        try
        {
            return await judge.JudgeAsync(key, cancellation) is not null;
        }
        catch (Exception fault) when (fault is ClusterUnavailableException or StorageUnavailableException)
        {
            return true;
        }
    }
}
