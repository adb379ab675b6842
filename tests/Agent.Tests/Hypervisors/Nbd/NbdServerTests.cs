using System.Buffers.Binary;
using System.Net.Sockets;
using BackupOnline.Agent.Hypervisors.Nbd.Serving;
using BackupOnline.Agent.Tests.Images;
using BackupOnline.Engine.Images;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Agent.Tests.Hypervisors.Nbd;

/// <summary>Points over NBD, judged by QEMU's own client; and what a client that breaks the protocol gets.</summary>
public sealed class NbdServerTests
{
    private const int Block = ImageBlocks.MinSize;

    [Fact]
    public async Task QEMU_reads_every_byte_and_learns_what_is_zero()
    {
        await using var serving = await ServingAsync();

        // qemu-img compare asks for block statuses and reads what is not zero, on both sides.
        (await serving.RunAsync("qemu-img", "compare", "-f", "raw", "-F", "raw", serving.File, serving.Url("disk0"))).ShouldEndWith(0);
        var map = (await serving.RunAsync("qemu-img", "map", "--output=json", "-f", "raw", serving.Url("disk0"))).ShouldEndWith(0).Output;
        Assert.Contains($"\"start\": {2 * Block}, \"length\": {3 * Block}, \"depth\": 0, \"present\": true, \"zero\": true", map.Replace("false, \"offset\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        (await serving.RunAsync("qemu-img", "convert", "-n", "-f", "raw", "-O", "raw", serving.Url("disk0"), serving.Empty)).ShouldEndWith(0);
        Assert.Equal(await System.IO.File.ReadAllBytesAsync(serving.File), await System.IO.File.ReadAllBytesAsync(serving.Empty));
        Assert.False(serving.Server.Failed.IsCompleted);
    }

    [Fact]
    public async Task Nobody_can_write_and_an_export_that_is_not_there_is_said_so()
    {
        await using var serving = await ServingAsync();

        var write = await serving.RunAsync("qemu-io", "-f", "raw", "-c", "write 0 4k", serving.Url("disk0"));
        Assert.NotEqual(0, write.ExitCode);
        Assert.NotEqual(0, (await serving.RunAsync("qemu-img", "info", "-f", "raw", serving.Url("disk7"))).ExitCode);
        (await serving.RunAsync("qemu-img", "compare", "-f", "raw", "-F", "raw", serving.File, serving.Url("disk0"))).ShouldEndWith(0);
    }

    [Fact]
    public async Task A_damaged_block_is_an_input_error_and_the_server_knows_why()
    {
        await using var serving = await ServingAsync();
        foreach (var pack in Directory.GetFiles(Path.Combine(serving.Images.Machine.Repository, "data"), "*", SearchOption.AllDirectories).Where(pack => new FileInfo(pack).Length > Block))
        {
            var bytes = await System.IO.File.ReadAllBytesAsync(pack);
            bytes.AsSpan().Reverse();
            System.IO.File.Delete(pack);
            await System.IO.File.WriteAllBytesAsync(pack, bytes);
        }

        var read = await serving.RunAsync("qemu-io", "-r", "-f", "raw", "-c", "read 0 4k", serving.Url("disk0"));

        Assert.Contains("Input/output error", read.Output + read.Error, StringComparison.Ordinal);
        Assert.Equal(RepositoryProblem.Corrupt, Assert.IsType<RepositoryException>(await serving.Server.Failed).Problem);
    }

    [Fact]
    public async Task Simple_replies_tell_errors_and_data()
    {
        await using var serving = await ServingAsync();
        using var client = await ConnectAsync(serving.Server.SocketPath);
        await client.SendAsync(Option(1, "disk0"u8.ToArray()));
        Assert.Equal(10, (await ReadAsync(client, 10)).Length);

        Assert.Equal(0u, await AskAsync(client, command: 3, 0, 0));
        Assert.Equal(22u, await AskAsync(client, command: 7, 0, 4096));
        Assert.Equal(22u, await AskAsync(client, command: 0, ulong.MaxValue - 5, 4096));
        Assert.Equal(22u, await AskAsync(client, command: 0, 0, 33 << 20));
        Assert.Equal(22u, await AskAsync(client, command: 99, 0, 1));
        Assert.Equal(1u, await AskAsync(client, command: 6, 0, 4096));
        Assert.Equal(1u, await AskAsync(client, command: 1, 0, 4096, new byte[4096]));
        Assert.Equal(0u, await AskAsync(client, command: 0, Block - 10, 20));
        Assert.Equal((await System.IO.File.ReadAllBytesAsync(serving.File))[(Block - 10)..(Block + 10)], await ReadAsync(client, 20));
    }

    [Fact]
    public async Task Who_breaks_the_protocol_is_cut_off_and_others_go_on()
    {
        await using var serving = await ServingAsync();
        byte[][] hostile =
        [
            new byte[100],
            Option(7, [0xff, 0xff, 0xff, 0xff, 1, 2]),
            Option(7, []),
            [.. Option(8, []), .. Option(10, [0, 0, 0, 1, 65, 0xff, 0xff, 0xff, 0xff])],
            [.. Option(1, "disk0"u8.ToArray()), .. new byte[28]],
            [.. Option(1, "disk0"u8.ToArray()), .. Request(1, 0, uint.MaxValue)],
            Option(1, "nothing"u8.ToArray()),
            [.. Option(9, []).AsSpan(0, 12), 0x7f, 0xff, 0xff, 0xff],
        ];

        foreach (var bytes in hostile)
        {
            using var client = await ConnectAsync(serving.Server.SocketPath);
            await client.SendAsync(bytes);
            client.Shutdown(SocketShutdown.Send);

            Assert.True(await EndsAsync(client), "the server holds on to a client that broke the protocol");
        }

        (await serving.RunAsync("qemu-img", "compare", "-f", "raw", "-F", "raw", serving.File, serving.Url("disk0"))).ShouldEndWith(0);
    }

    [Fact]
    public async Task A_path_that_is_too_long_for_a_socket_is_refused_with_advice()
    {
        var refusal = Assert.Throws<ArgumentException>(() => NbdServer.Start("/tmp/" + new string('x', 110), []));
        Assert.Contains("TMPDIR", refusal.Message, StringComparison.Ordinal);
        await Task.CompletedTask;
    }

    private static async Task<ServedPoint> ServingAsync()
    {
        var images = await ImageRepository.MakeAsync();
        var (bytes, random) = (new byte[(6 * Block) + 512], new Random(1));
        random.NextBytes(bytes.AsSpan(0, 2 * Block));
        random.NextBytes(bytes.AsSpan(5 * Block, Block + 512));
        await System.IO.File.WriteAllBytesAsync(images.Machine.PathOf("disk.raw"), bytes);
        await System.IO.File.WriteAllBytesAsync(images.Machine.PathOf("empty.raw"), new byte[bytes.Length]);
        var snapshot = await images.BackUpAsync(images.Machine.PathOf("disk.raw"));
        return new ServedPoint(images, await images.OpenAsync(snapshot));
    }

    private static async Task<Socket> ConnectAsync(string path)
    {
        var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(path));
        Assert.Equal("NBDMAGICIHAVEOPT"u8.ToArray(), (await ReadAsync(client, 18))[..16]);
        await client.SendAsync(new byte[] { 0, 0, 0, 3 });
        return client;
    }

    // Whatever it answers first, it closes the connection, or cuts it since not all was read.
    private static async Task<bool> EndsAsync(Socket client)
    {
        var buffer = new byte[4096];
        try
        {
            while (await client.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken) > 0)
            {
            }

            return true;
        }
        catch (SocketException)
        {
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static byte[] Option(uint option, byte[] data)
    {
        var bytes = new byte[16 + data.Length];
        "IHAVEOPT"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), option);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), data.Length);
        data.CopyTo(bytes, 16);
        return bytes;
    }

    private static byte[] Request(ushort command, ulong offset, uint length)
    {
        var bytes = new byte[28];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, 0x25609513);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), command);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), 77);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(16), offset);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(24), length);
        return bytes;
    }

    private static async Task<uint> AskAsync(Socket client, ushort command, ulong offset, uint length, byte[]? payload = null)
    {
        await client.SendAsync((byte[])[.. Request(command, offset, length), .. payload ?? []]);
        var reply = await ReadAsync(client, 16);
        Assert.Equal(0x67446698u, BinaryPrimitives.ReadUInt32BigEndian(reply));
        Assert.Equal(77ul, BinaryPrimitives.ReadUInt64BigEndian(reply.AsSpan(8)));
        return BinaryPrimitives.ReadUInt32BigEndian(reply.AsSpan(4));
    }

    private static async Task<byte[]> ReadAsync(Socket client, int length)
    {
        var bytes = new byte[length];
        for (var at = 0; at < length;)
        {
            var read = await client.ReceiveAsync(bytes.AsMemory(at));
            Assert.NotEqual(0, read);
            at += read;
        }

        return bytes;
    }
}
