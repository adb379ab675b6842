using System.Collections.Concurrent;
using BackupOnline.Client.Cluster;
using BackupOnline.Grains.Interfaces.Names;

namespace BackupOnline.Client.Access;

/// <summary>
/// Judges keys by asking the Keyring or Host grain, and remembers good ones for <see cref="Memory"/>, by hash. Bad ones are not remembered: the throttle
/// bounds them, and a stranger cannot push good ones out.
/// </summary>
internal sealed class KeyJudge(ClusterCalls cluster, TimeProvider time)
{
    /// <summary>How long a revoked key may still open this door.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(10);

    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<string, Remembered> known = new(StringComparer.Ordinal);

    /// <summary>The visitor if the key was found good lately; asks nobody.</summary>
    public Visitor? Recall(PresentedKey key) =>
        known.TryGetValue(key.CacheKey, out var found) && time.GetElapsedTime(found.Since) < Memory ? found.Visitor : null;

    public async Task<Visitor?> JudgeAsync(PresentedKey key, CancellationToken callerGone)
    {
        if (Recall(key) is { } recalled)
            return recalled;
        var since = time.GetTimestamp();
        var visitor = await AskAsync(key, callerGone);
        if (visitor is null)
            known.TryRemove(key.CacheKey, out _);
        else
            Remember(key, new(visitor, since));
        return visitor;
    }

    /// <summary>A key was revoked here: this door need not wait for the memory to fade.</summary>
    public void Forget(string scope, string name)
    {
        foreach (var (cacheKey, remembered) in known)
            if (remembered.Visitor.Scope == scope && remembered.Visitor.Name == name)
                known.TryRemove(cacheKey, out _);
    }

    private async Task<Visitor?> AskAsync(PresentedKey key, CancellationToken callerGone)
    {
        switch (key.Form)
        {
            case KeyForm.Program:
                var ring = new KeyringKey(key.Scope);
                var view = await cluster.AskAsync(grains => grains.Get(ring).AuthenticateAsync(key.Name, key.SecretSha256, CancellationToken.None), callerGone);
                return view is null ? null : Visitor.Of(view);
            case KeyForm.Host:
                var host = new HostKey(key.Scope, key.Name);
                var good = await cluster.AskAsync(grains => grains.Get(host).AuthenticateAsync(key.SecretSha256, CancellationToken.None), callerGone);
                return good ? new() { Role = VisitorRole.Host, Scope = key.Scope, Name = key.Name } : null;
            default:
                return null;
        }
    }

    private void Remember(PresentedKey key, Remembered remembered)
    {
        if (known.Count >= MostRemembered)
            foreach (var (old, entry) in known)
                if (time.GetElapsedTime(entry.Since) >= Memory)
                    known.TryRemove(old, out _);
        if (known.Count < MostRemembered)
            known[key.CacheKey] = remembered;
    }

    private sealed record Remembered(Visitor Visitor, long Since);
}
