using System.Net.Http.Headers;
using System.Text;
using BackupOnline.Grains.Interfaces.Names;

namespace BackupOnline.StorageNode.Tests.Hosting;

internal sealed record ShelfUser(VaultKey Vault, string KeyId, string Secret)
{
    public string Basic => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{KeyId}:{Secret}"));

    public AuthenticationHeaderValue Header => new("Basic", Basic);
}
