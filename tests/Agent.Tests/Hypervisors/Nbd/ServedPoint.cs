using System.ComponentModel;
using BackupOnline.Agent.Hypervisors.Nbd.Serving;
using BackupOnline.Agent.Tests.Images;
using BackupOnline.Agent.Tests.Running;
using BackupOnline.Engine.Images;

namespace BackupOnline.Agent.Tests.Hypervisors.Nbd;

/// <summary>A point of one disk that a server serves as <c>disk0</c>.</summary>
internal sealed class ServedPoint : IAsyncDisposable
{
    private readonly ImageReader _reader;

    public ServedPoint(ImageRepository images, ImageReader reader)
    {
        (Images, _reader) = (images, reader);
        Server = NbdServer.Start(images.Machine.PathOf("nbd"), [new ServedDisk("disk0", reader)]);
    }

    public ImageRepository Images { get; }

    public NbdServer Server { get; }

    /// <summary>What was backed up.</summary>
    public string File => Images.Machine.PathOf("disk.raw");

    /// <summary>As long, with nothing in it.</summary>
    public string Empty => Images.Machine.PathOf("empty.raw");

    public string Url(string export) => $"nbd+unix:///{export}?socket={Server.SocketPath}";

    public async Task<Ended> RunAsync(string program, params string[] arguments)
    {
        try
        {
            return await Images.Machine.RunProgramAsync(program, arguments);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed (qemu-utils): it judges the server.");
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _reader.DisposeAsync();
        await Images.DisposeAsync();
    }
}
