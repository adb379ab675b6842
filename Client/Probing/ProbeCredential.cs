using System.Net.Http.Headers;
using System.Text;

namespace BackupOnline.Client.Probing;

/// <summary>What the prober shows to a vault's shelf. Lives in memory alone; never log it.</summary>
internal sealed class ProbeCredential(string keyId, string secret, DateTimeOffset expiresAt)
{
    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    public AuthenticationHeaderValue Header { get; } = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{keyId}:{secret}")));
}
