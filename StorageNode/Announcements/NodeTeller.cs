using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.StorageNode.Disks;
using BackupOnline.StorageNode.Vaults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Announcements;

/// <summary>Registers the node and tells every 30 s that it lives, and how much room it has.</summary>
internal sealed partial class NodeTeller(
    IOptions<ShelfOptions> options, IGrainFactory grains, ShelfAddress address, DiskSpace space, DiskCrew crew, VaultRegister vaults, TimeProvider clock, ILogger<NodeTeller> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);
    private bool _isRegistered;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await address.ListensAsync(stoppingToken);
        while (true)
        {
            try
            {
                var reply = _isRegistered ? await BeatAsync(stoppingToken) : await RegisterAsync(stoppingToken);
                _isRegistered = reply.Succeeded;
                if (reply.Refusal is { } refusal)
                    LogRefused(refusal.Code, refusal.Advice);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotTold(e);
            }

            await Task.Delay(_isRegistered ? Every : Retry, clock, stoppingToken);
        }
    }

    private async Task<Reply<NodeView>> RegisterAsync(CancellationToken cancellation)
    {
        var (capacity, free) = await crew.RunAsync(() => (space.CapacityBytes, space.FreeBytes));
        var o = options.Value;
        var request = new RegisterNode
        {
            Caller = new() { Operation = $"register-{Guid.CreateVersion7(clock.GetUtcNow()):N}", Actor = $"node:{o.Node}" },
            StorageUrl = address.PublicUrl,
            Hardware = o.Hardware ?? MachineId(),
            Site = o.Site,
            CapacityBytes = capacity,
            FreeBytes = free,
        };
        return await Node.RegisterAsync(request, cancellation);
    }

    private async Task<Reply<NodeView>> BeatAsync(CancellationToken cancellation)
    {
        var (capacity, free) = await crew.RunAsync(() => (space.CapacityBytes, space.FreeBytes));
        return await Node.BeatAsync(new() { CapacityBytes = capacity, FreeBytes = free, Vaults = vaults.Count }, cancellation);
    }

    private INodeGrain Node => grains.Get(new NodeKey(options.Value.Node));

    // systemd's id of the installation: it tells machines apart, which is what contract article 6 asks.
    private static string MachineId()
    {
        const string Path = "/etc/machine-id";
        return File.Exists(Path) && File.ReadAllText(Path).Trim() is { Length: > 0 } id ? id : Environment.MachineName;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node not told of yet, tried again soon")]
    private partial void LogNotTold(Exception e);

    [LoggerMessage(Level = LogLevel.Error, Message = "Node refused: {Code} {Advice}")]
    private partial void LogRefused(string code, string advice);
}
