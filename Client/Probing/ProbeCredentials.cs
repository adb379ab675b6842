using System.Collections.Concurrent;
using BackupOnline.Client.Cluster;
using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Vaults;
using Microsoft.Extensions.Options;

namespace BackupOnline.Client.Probing;

/// <summary>The prober's credential of each vault: made by the prober, registered as a hash, renewed before it is over.</summary>
internal sealed class ProbeCredentials(ClusterCalls cluster, IOptions<ProbeOptions> options, TimeProvider time)
{
    // Wide enough that a vault's renewal may fail for hours without a failed probe.
    private static readonly TimeSpan RenewBefore = TimeSpan.FromHours(4);

    private readonly ConcurrentDictionary<VaultKey, ProbeCredential> known = new();

    /// <summary>Null when the vault's grain refuses one.</summary>
    public async Task<ProbeCredential?> OfAsync(VaultKey vault, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var before = known.GetValueOrDefault(vault);
        if (before is not null && before.ExpiresAt - RenewBefore > now)
            return before;
        try
        {
            return await MakeAsync(vault, cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException && before is not null && before.ExpiresAt > now)
        {
            return before;
        }
    }

    /// <summary>The shelf does not know it: the next one is new.</summary>
    public void Drop(VaultKey vault, ProbeCredential credential) => known.TryRemove(new(vault, credential));

    private async Task<ProbeCredential?> MakeAsync(VaultKey vault, CancellationToken cancellation)
    {
        var (keyId, secret) = (SecretText.NewId('c'), SecretText.NewSecret());
        var request = new IssueProbeCredential { Prober = options.Value.Name, KeyId = keyId, SecretSha256 = SecretText.Sha256(secret) };
        var reply = await cluster.AskAsync(grains => grains.Get(vault).IssueProbeCredentialAsync(request, CancellationToken.None), cancellation);
        return reply.Succeeded ? known[vault] = new(keyId, secret, reply.Value.ExpiresAt) : null;
    }
}
