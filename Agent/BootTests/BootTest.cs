using System.Text.Json.Nodes;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.Nbd.Serving;
using BackupOnline.Agent.Hypervisors.Qmp;
using BackupOnline.Engine.Images;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Agent.BootTests;

/// <summary>
/// Starts a recovery point from the repository, without copying its disks: QEMU fetches what the machine reads over NBD, and what it writes is thrown away. The machine is alone: no network,
/// no device of the host.
/// </summary>
internal sealed class BootTest(TimeProvider time)
{
    // An answer of the monitor takes milliseconds; on a host under load, seconds.
    private static readonly TimeSpan MonitorPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    /// <param name="images">The point's disks, in order.</param>
    /// <param name="options">How it is started, and what is expected of it.</param>
    /// <param name="cancellation">Ends the test without a verdict.</param>
    /// <exception cref="HypervisorException">QEMU is missing, or does not take the machine: no verdict on the point.</exception>
    /// <exception cref="RepositoryException">The repository cannot be reached: no verdict on the point.</exception>
    public async Task<BootVerdict> RunAsync(IReadOnlyList<ImageReader> images, BootTestOptions options, CancellationToken cancellation)
    {
        using var folder = new BootFolder();
        var disks = images.Select((image, number) => new ServedDisk(BootArguments.ExportOf(number), image)).ToList();
        await using var server = NbdServer.Start(folder.Nbd, disks);
        await using var guest = BootGuest.Start(options, folder, disks.Count);
        var started = time.GetTimestamp();
        await using var monitor = await ConnectAsync(folder, guest, cancellation);
        var decision = await new BootWatch(options, folder, guest, server, monitor, time).DecideAsync(cancellation);
        var took = time.GetElapsedTime(started);
        if (server.Failed.IsCompletedSuccessfully)
        {
            // What could not be read decides, whatever the machine made of it.
            var failure = await server.Failed;
            if (failure is not RepositoryException { IsOfOneObject: true })
                throw failure;
            decision = new BootDecision(BootReason.RepositoryDamaged, failure.Message);
        }

        return new BootVerdict(decision, took, guest.Serial.Text, await PictureAsync(monitor, folder, cancellation), server.BytesServed);
    }

    private async Task<QmpClient> ConnectAsync(BootFolder folder, BootGuest guest, CancellationToken cancellation)
    {
        while (true)
        {
            if (guest.Ended.IsCompleted)
                throw new HypervisorException(HypervisorFault.Operator, "qemu-failed", $"QEMU did not start the machine: {await guest.Ended}");
            try
            {
                if (File.Exists(folder.Monitor))
                    return await QmpClient.ConnectAsync(folder.Monitor, MonitorPatience, MonitorPatience, time, cancellation);
            }
            catch (QmpLostException lost) when (!lost.Silent)
            {
                // The socket is there a moment before somebody listens; an end is seen above.
            }

            await Task.Delay(Step, time, cancellation);
        }
    }

    private static async Task<byte[]?> PictureAsync(QmpClient monitor, BootFolder folder, CancellationToken cancellation)
    {
        try
        {
            await monitor.ExecuteAsync("screendump", new JsonObject { ["filename"] = folder.Picture, ["format"] = "png" }, cancellation);
            return await File.ReadAllBytesAsync(folder.Picture, cancellation);
        }
        catch (Exception failure) when (failure is QmpException or IOException)
        {
            return null;
        }
    }
}
