using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using BackupOnline.Agent.Hypervisors.Nbd.Serving;
using BackupOnline.Engine.Images;

namespace BackupOnline.Agent.PointFiles;

/// <summary>
/// A volume of a point as a file of this machine, without copying it: our NBD server, and qemu-storage-daemon, which shows what that serves as a file through FUSE. Read-only. To be disposed
/// before the image.
/// </summary>
internal sealed class VolumeView : IAsyncDisposable
{
    private const string Package = "qemu-utils";
    private const string Export = "disk";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly DirectoryInfo _folder;
    private readonly NbdServer _server;
    private readonly Process _daemon;

    private VolumeView(DirectoryInfo folder, NbdServer server, Process daemon) => (_folder, _server, _daemon) = (folder, server, daemon);

    /// <summary>The file.</summary>
    public string File => Path.Combine(_folder.FullName, "volume");

    /// <summary>Why something could not be read from the repository; null when all could.</summary>
    public Exception? Failure => _server.Failed.IsCompletedSuccessfully ? _server.Failed.Result : null;

    /// <exception cref="ToolMissingException">qemu-storage-daemon is not installed.</exception>
    /// <exception cref="VolumeException">It could not show the volume, mostly since FUSE is not there or not for this user.</exception>
    public static async Task<VolumeView> OpenAsync(ImageReader disk, Partition part, TimeProvider time, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("bo-");
        var server = NbdServer.Start(Path.Combine(folder.FullName, "nbd"), [new ServedDisk(Export, disk)]);
        try
        {
            System.IO.File.Create(Path.Combine(folder.FullName, "volume")).Dispose();
            var view = new VolumeView(folder, server, StartDaemon(folder.FullName, part));
            await view.WaitAsync(part, time, cancellation);
            return view;
        }
        catch
        {
            await server.DisposeAsync();
            folder.Delete(recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndDaemonAsync();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static Process StartDaemon(string folder, Partition part)
    {
        var text = CultureInfo.InvariantCulture;
        string[] arguments =
        [
            "--blockdev", $"driver=nbd,node-name=disk,read-only=on,server.type=unix,server.path={Quoted(folder)}/nbd,export={Export}",
            "--blockdev", string.Create(text, $"driver=raw,node-name=part,read-only=on,file=disk,offset={part.Offset},size={part.Length}"),
            "--export", $"type=fuse,id=view,node-name=part,mountpoint={Quoted(folder)}/volume,allow-other=off",
        ];
        try
        {
            return Process.Start(new ProcessStartInfo("qemu-storage-daemon", arguments) { RedirectStandardError = true, RedirectStandardInput = true })!;
        }
        catch (Win32Exception)
        {
            throw new ToolMissingException("qemu-storage-daemon", Package);
        }
    }

    // The empty file becomes as long as the volume when it is mounted over.
    private async Task WaitAsync(Partition part, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            var started = time.GetTimestamp();
            while (new FileInfo(File).Length != part.Length)
            {
                if (_daemon.HasExited)
                    throw new VolumeException((await _daemon.StandardError.ReadToEndAsync(cancellation)).Trim());
                if (time.GetElapsedTime(started) > Patience)
                    throw new VolumeException("qemu-storage-daemon did not show the volume in time.");
                await Task.Delay(Step, time, cancellation);
            }
        }
        catch
        {
            await EndDaemonAsync();
            throw;
        }
    }

    // Asked to end, it takes its mount away; killed, it would leave it.
    private async Task EndDaemonAsync()
    {
        if (!_daemon.HasExited)
        {
            using var kill = Process.Start(new ProcessStartInfo("kill", ["-TERM", _daemon.Id.ToString(CultureInfo.InvariantCulture)]));
            await kill!.WaitForExitAsync();
            await _daemon.WaitForExitAsync();
        }

        _daemon.Dispose();
    }

    private static string Quoted(string path) => path.Replace(",", ",,", StringComparison.Ordinal);
}
