using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Tests.Hosting;

namespace BackupOnline.StorageNode.Tests;

/// <summary>Alone in its process' time, so that what it measures is its own.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
{
    private const int Mebibyte = 1 << 20;

    [Fact]
    public async Task Memory_does_not_grow_with_the_size_of_bodies()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        await MoveAsync(shelf, user, 1);
        var before = Process.GetCurrentProcess().WorkingSet64;
        var most = before;

        using (var sampling = new Timer(_ => most = Math.Max(most, Process.GetCurrentProcess().WorkingSet64), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20)))
            await Task.WhenAll(Enumerable.Range(2, 3).Select(seed => MoveAsync(shelf, user, seed)));

        // Three bodies of 200 MiB up and down at once; the bound leaves room for the collector's own habits.
        Assert.InRange(most - before, long.MinValue, 50 * Mebibyte);
    }

    private static async Task MoveAsync(ShelfHost shelf, ShelfUser user, int seed)
    {
        var piece = new byte[Mebibyte];
        new Random(seed).NextBytes(piece);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < 200; i++)
            hash.AppendData(piece);

        var path = $"acme/main/data/{Convert.ToHexStringLower(hash.GetHashAndReset())}";
        using (var response = await shelf.SendToAsync(HttpMethod.Post, user, path, new Repeated(piece, 200)))
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        using var download = await shelf.SendToAsync(HttpMethod.Get, user, path, null);
        await using var body = await download.Content.ReadAsStreamAsync();
        for (int read; (read = await body.ReadAsync(piece)) > 0;)
            hash.AppendData(piece, 0, read);

        Assert.EndsWith(Convert.ToHexStringLower(hash.GetHashAndReset()), path, StringComparison.Ordinal);
    }

    private sealed class Repeated(byte[] piece, int times) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var i = 0; i < times; i++)
                await stream.WriteAsync(piece);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = (long)piece.Length * times;
            return true;
        }
    }
}
