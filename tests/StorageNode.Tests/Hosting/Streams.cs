using System.Net;
using System.Security.Cryptography;
using BackupOnline.Grains.Interfaces.Vaults;

namespace BackupOnline.StorageNode.Tests.Hosting;

/// <summary>A tenant that uploads or downloads on several connections for as long as it is let.</summary>
internal sealed class Streams(ShelfHost shelf, string tenant)
{
    private const int Piece = 512 << 10;
    private readonly ShelfUser _user = shelf.User(CredentialScope.Append, tenant);
    private long _received;

    /// <summary>Bytes of bodies that came down so far.</summary>
    public long Received => Volatile.Read(ref _received);

    public async Task UploadAsync(int connections, CancellationToken until) =>
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async i =>
        {
            for (var bytes = RandomNumberGenerator.GetBytes(Piece); !until.IsCancellationRequested; bytes[0]++)
                Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Post, _user, $"data/{ShelfHost.NameOf(bytes)}", bytes));
        }));

    /// <summary>Stores what <see cref="DownloadAsync"/> reads.</summary>
    public Task<string> StoreAsync() => shelf.StoreAsync(_user, "data", RandomNumberGenerator.GetBytes(Piece));

    public async Task DownloadAsync(string name, int connections, CancellationToken until)
    {
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            var buffer = new byte[64 << 10];
            while (!until.IsCancellationRequested)
            {
                using var answer = await shelf.SendAsync(HttpMethod.Get, _user, $"data/{name}");
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                await using var body = await answer.Content.ReadAsStreamAsync();
                for (int read; (read = await body.ReadAsync(buffer)) > 0;)
                    Interlocked.Add(ref _received, read);
            }
        }));
    }
}
