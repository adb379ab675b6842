using System.Text.Json;
using System.Text.Json.Nodes;
using BackupOnline.Agent.Hypervisors.Qmp;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>The commands that the driver uses, on one monitor.</summary>
internal sealed class QemuSession(QmpClient monitor) : IAsyncDisposable
{
    public bool Alive => monitor.Alive;

    public QmpListener Listen() => monitor.Listen();

    public Task<JsonElement> AskAsync(string command, CancellationToken cancellation) => monitor.ExecuteAsync(command, null, cancellation);

    public Task<JsonElement> DoAsync(string command, JsonObject arguments, CancellationToken cancellation) => monitor.ExecuteAsync(command, arguments, cancellation);

    public async Task<IReadOnlyList<QemuDisk>> DisksAsync(CancellationToken cancellation)
    {
        var devices = await AskAsync("query-block", cancellation);
        return await QemuInventory.ReadAsync(devices, await NodesAsync(cancellation), path => TypeAsync(path, cancellation));
    }

    /// <summary>All nodes, each without the tree below it.</summary>
    public Task<JsonElement> NodesAsync(CancellationToken cancellation) => DoAsync("query-named-block-nodes", new JsonObject { ["flat"] = true }, cancellation);

    /// <summary>Names of our nodes that are there.</summary>
    public async Task<IReadOnlySet<string>> OurNodesAsync(CancellationToken cancellation) =>
        (await NodesAsync(cancellation)).EnumerateArray().Select(node => node.GetProperty("node-name").GetString()!)
            .Where(name => name.StartsWith(QemuNames.Prefix, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Bytes of the host that all our scratch takes now.</summary>
    public async Task<long> ScratchTakenAsync(CancellationToken cancellation) =>
        (await NodesAsync(cancellation)).EnumerateArray()
            .Where(node => node.GetProperty("node-name").GetString() is { } name && name.StartsWith(QemuNames.Prefix, StringComparison.Ordinal) && name.EndsWith("-limit", StringComparison.Ordinal))
            .Sum(node => node.GetProperty("image").TryGetProperty("actual-size", out var taken) ? taken.GetInt64() : 0);

    public async Task<string> StatusAsync(CancellationToken cancellation) => (await AskAsync("query-status", cancellation)).GetProperty("status").GetString()!;

    public Task AddNodeAsync(JsonObject node, CancellationToken cancellation) => DoAsync("blockdev-add", node, cancellation);

    public Task DeleteNodeAsync(string name, CancellationToken cancellation) => DoAsync("blockdev-del", new JsonObject { ["node-name"] = name }, cancellation);

    /// <summary>Lets a device look at another node; the guest's requests wait meanwhile, some milliseconds.</summary>
    public Task PointDeviceAsync(string device, string node, CancellationToken cancellation) =>
        DoAsync("qom-set", new JsonObject { ["path"] = device, ["property"] = "drive", ["value"] = node }, cancellation);

    /// <summary>All of these pass-through nodes look at other nodes, in one step: requests of all disks are held back until every one of them has changed over.</summary>
    public Task SwitchAsync(IEnumerable<(string Top, string Below)> switches, CancellationToken cancellation) => DoAsync(
        "blockdev-reopen",
        new JsonObject
        {
            ["options"] = new JsonArray([.. switches.Select(one => new JsonObject { ["driver"] = "raw", ["node-name"] = one.Top, ["file"] = one.Below })]),
        },
        cancellation);

    /// <summary>All of it or nothing.</summary>
    public Task TransactAsync(IEnumerable<(string Type, JsonObject Data)> actions, CancellationToken cancellation)
    {
        var list = new JsonArray([.. actions.Select(action => new JsonObject { ["type"] = action.Type, ["data"] = action.Data })]);
        return list.Count == 0 ? Task.CompletedTask : DoAsync("transaction", new JsonObject { ["actions"] = list }, cancellation);
    }

    /// <summary>Makes an image through QEMU itself, so that it is its user's own.</summary>
    /// <exception cref="QmpException">With the reason of the job.</exception>
    public async Task CreateAsync(string job, JsonObject options, CancellationToken cancellation)
    {
        using var events = Listen();
        await DoAsync("blockdev-create", new JsonObject { ["job-id"] = job, ["options"] = options }, cancellation);
        await events.NextAsync(told => told.Name == "JOB_STATUS_CHANGE" && told.Text("id") == job && told.Text("status") == "concluded", cancellation);
        var jobs = await AskAsync("query-jobs", cancellation);
        await DoAsync("job-dismiss", new JsonObject { ["id"] = job }, cancellation);
        var mine = jobs.EnumerateArray().First(one => one.GetProperty("id").GetString() == job);
        if (mine.TryGetProperty("error", out var error))
            throw new QmpException("blockdev-create", "GenericError", error.GetString()!);
    }

    /// <summary>Takes an export away from whoever reads it, and waits until it is gone.</summary>
    public async Task DeleteExportAsync(string export, CancellationToken cancellation)
    {
        using var events = Listen();
        await DoAsync("block-export-del", new JsonObject { ["id"] = export, ["mode"] = "hard" }, cancellation);
        await events.NextAsync(told => told.Name == "BLOCK_EXPORT_DELETED" && told.Text("id") == export, cancellation);
    }

    public ValueTask DisposeAsync() => monitor.DisposeAsync();

    private async Task<string> TypeAsync(string device, CancellationToken cancellation)
    {
        try
        {
            return (await DoAsync("qom-get", new JsonObject { ["path"] = device, ["property"] = "type" }, cancellation)).GetString()!;
        }
        catch (QmpException)
        {
            // A drive of the old kind without a device object: what it is shows by its other properties.
            return "";
        }
    }
}
