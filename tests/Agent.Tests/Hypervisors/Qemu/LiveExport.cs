using System.Text.Json.Nodes;
using BackupOnline.Agent.Hypervisors.Nbd;

namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>The running disks themselves over NBD, as another program would have them: no point, no bitmap.</summary>
internal sealed class LiveExport : IAsyncDisposable
{
    private readonly Guest _guest;
    private readonly string _socket;

    private LiveExport(Guest guest) => (_guest, _socket) = (guest, guest.PathOf("live"));

    public static async Task<LiveExport> OpenAsync(Guest guest)
    {
        var export = new LiveExport(guest);
        await guest.Second.ExecuteAsync(
            "nbd-server-start", new JsonObject { ["addr"] = new JsonObject { ["type"] = "unix", ["data"] = new JsonObject { ["path"] = export._socket } } }, CancellationToken.None);
        foreach (var disk in guest.Disks)
        {
            await guest.Second.ExecuteAsync(
                "block-export-add", new JsonObject { ["type"] = "nbd", ["id"] = "other-" + disk.Id, ["node-name"] = disk.Id + "-node", ["name"] = disk.Id }, CancellationToken.None);
        }

        return export;
    }

    public async Task ReadAsync(string disk, Memory<byte> buffer, long offset = 0)
    {
        await using var connection = await NbdConnection.OpenAsync(NbdAddress.Unix(_socket, disk), [], TimeSpan.FromMinutes(2), TimeProvider.System, CancellationToken.None);
        await connection.ReadAsync(offset, buffer, CancellationToken.None);
    }

    public async ValueTask DisposeAsync() => await _guest.Second.ExecuteAsync("nbd-server-stop", [], CancellationToken.None);
}
