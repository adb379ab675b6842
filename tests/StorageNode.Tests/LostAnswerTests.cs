using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Tests.Hosting;

namespace BackupOnline.StorageNode.Tests;

/// <summary>A line that loses answers after the shelf has stored the object: what made append-only servers fail for good (reliability-security.md, M5).</summary>
public sealed class LostAnswerTests
{
    [Fact]
    public async Task Stock_restic_in_append_scope_ends_well_although_answers_are_lost()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/restic"), "restic is not installed");
        await using var shelf = await ShelfHost.StartAsync();
        await using var line = new LossyLine(shelf.Address.Port, loseEvery: 3);
        var user = shelf.User(CredentialScope.Append);
        var work = Directory.CreateTempSubdirectory("lossy-").FullName;
        await File.WriteAllBytesAsync(Path.Combine(work, "file"), ShelfHost.Bytes(40 << 20));

        // Stock restic tries nothing again while it makes a repository: that goes over a good line.
        await ResticAsync(work, shelf.Address.Port, user, "init");
        await ResticAsync(work, line.Port, user, "backup", Path.Combine(work, "file"));
        await ResticAsync(work, line.Port, user, "check", "--read-data");

        Assert.True(line.Lost >= 3, $"only {line.Lost} answers were lost");
        Assert.Single(Directory.GetFiles(Path.Combine(shelf.VaultFolder(), "snapshots")));
        Assert.Empty(UploadTests.Leftovers(shelf));
        Directory.Delete(work, recursive: true);
    }

    private static async Task ResticAsync(string work, int port, ShelfUser user, params string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/restic", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["RESTIC_REPOSITORY"] = $"rest:http://{user.KeyId}:{user.Secret}@127.0.0.1:{port}/acme/main/";
        start.Environment["RESTIC_PASSWORD"] = "a password of the customer";
        start.Environment["RESTIC_CACHE_DIR"] = Path.Combine(work, "cache");
        using var process = Process.Start(start)!;
        var outputs = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"restic {arguments[0]}: {process.ExitCode}\n{string.Concat(outputs)}");
    }

    /// <summary>A proxy that cuts the connection in place of every so many-th answer to a POST.</summary>
    private sealed class LossyLine : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly int _target;
        private readonly int _loseEvery;
        private readonly Task _accepting;
        private int _posts;
        private int _lost;

        public LossyLine(int target, int loseEvery)
        {
            (_target, _loseEvery) = (target, loseEvery);
            _listener.Start();
            _accepting = AcceptAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public int Lost => _lost;

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _accepting;
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                    _ = CarryAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (SocketException)
            {
                // Stopped.
            }
        }

        private async Task CarryAsync(TcpClient client)
        {
            using var server = new TcpClient();
            using (client)
            {
                await server.ConnectAsync(IPAddress.Loopback, _target);
                var losesNext = false;
                var there = CopyAsync(client.GetStream(), server.GetStream(), piece =>
                {
                    if (piece.StartsWith("POST "u8))
                        losesNext = Interlocked.Increment(ref _posts) % _loseEvery == 0;

                    return true;
                });
                var back = CopyAsync(server.GetStream(), client.GetStream(), piece =>
                {
                    if (!losesNext || !piece.StartsWith("HTTP/1.1 200"u8))
                        return true;

                    Interlocked.Increment(ref _lost);
                    return false;
                });
                await Task.WhenAny(there, back);
            }
        }

        private delegate bool Look(ReadOnlySpan<byte> piece);

        private static async Task CopyAsync(NetworkStream from, NetworkStream to, Look goesOn)
        {
            try
            {
                var buffer = new byte[1 << 16];
                for (int read; (read = await from.ReadAsync(buffer)) > 0 && goesOn(buffer.AsSpan(0, read));)
                    await to.WriteAsync(buffer.AsMemory(0, read));
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // Cut.
            }
        }
    }
}
