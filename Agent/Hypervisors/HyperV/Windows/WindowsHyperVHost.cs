using System.Runtime.Versioning;
using System.Text.Json;
using BackupOnline.Agent.Hypervisors.PowerShell;

namespace BackupOnline.Agent.Hypervisors.HyperV.Windows;

/// <summary>
/// The calls on a real host: WMI through a PowerShell child (hyperv.ps1), disks through virtdisk. No logic: a null or missing property stays null.
/// Why a child: docs/decisions/0012-wmi-through-powershell.md.
/// </summary>
/// <param name="child">Runs hyperv.ps1; ended with this.</param>
internal sealed class WindowsHyperVHost(PowerShellChild child) : IHyperVRestoreHost
{
    /// <summary>The host that this process runs on.</summary>
    [SupportedOSPlatform("windows")]
    public WindowsHyperVHost(TimeProvider time)
        : this(new PowerShellChild(PowerShellChild.WindowsCommand, EmbeddedScript.Read("hyperv.ps1"), TimeSpan.FromMinutes(5), time))
    {
    }

    public Task<IReadOnlyList<HyperVSystem>> SystemsAsync(CancellationToken cancellation) => ListAsync("systems", "", one =>
        new HyperVSystem(one.Text("id")!, one.Text("name") ?? "", (int)(one.Number("enabledState") ?? 0), [.. (one.Numbers("operationalStatus") ?? []).Select(value => (int)value)]), cancellation);

    public async Task<HyperVComponents> ComponentsAsync(string system, CancellationToken cancellation)
    {
        var found = await AskAsync("components", system, cancellation);
        return new HyperVComponents(Component(found, "backup"), Component(found, "heartbeat"));

        static HyperVComponent? Component(JsonElement from, string name) => from.TryGetProperty(name, out var one) && one.ValueKind == JsonValueKind.Object
            ? new HyperVComponent((int)(one.Number("enabledState") ?? 0), (int)(one.Number("status") ?? 0))
            : null;
    }

    public async Task<HyperVSettings> SettingsAsync(string system, CancellationToken cancellation)
    {
        var found = await AskAsync("settings", system, cancellation);
        return new HyperVSettings(found.Text("id")!, found.Text("version") ?? "");
    }

    public Task<IReadOnlyList<HyperVSnapshot>> SnapshotsAsync(string system, CancellationToken cancellation) =>
        ListAsync("snapshots", system, one => new HyperVSnapshot(one.Text("id")!, one.Text("type") ?? "", one.Text("name") ?? ""), cancellation);

    public Task<IReadOnlyList<HyperVStorage>> StorageAsync(string settings, CancellationToken cancellation) => ListAsync("storage", settings, one =>
        new HyperVStorage(one.Text("id")!, (int)(one.Number("resourceType") ?? 0), one.Text("subType") ?? "", one.Text("path"), one.Flag("reservations")), cancellation);

    public Task<IReadOnlyList<ConfigurationFile>> ConfigurationAsync(string snapshot, CancellationToken cancellation) => ListAsync("configuration", snapshot, one =>
        new ConfigurationFile(Path.GetFileName(one.Text("path")!), File.ReadAllBytes(one.Text("path")!)), cancellation);

    public Task<IReadOnlyList<HyperVReferencePoint>> ReferencePointsAsync(string system, CancellationToken cancellation) => ListAsync("referencePoints", system, one =>
        new HyperVReferencePoint(one.Text("id")!, (int)(one.Number("type") ?? 0), one.Texts("disks"), one.Texts("tracking")), cancellation);

    public async Task<HyperVReply> CreateSnapshotAsync(string system, string name, int consistency, CancellationToken cancellation) => Reply(await child.CallAsync("createSnapshot", json =>
    {
        json.WriteString("key", system);
        json.WriteString("name", name);
        json.WriteNumber("consistency", consistency);
    }, cancellation));

    public Task<HyperVReply> DestroySnapshotAsync(string snapshot, CancellationToken cancellation) => InvokeAsync("destroySnapshot", snapshot, null, cancellation);

    public Task<HyperVReply> ConvertToReferencePointAsync(string snapshot, CancellationToken cancellation) => InvokeAsync("convertToReferencePoint", snapshot, null, cancellation);

    public Task<HyperVReply> DestroyReferencePointAsync(string point, CancellationToken cancellation) => InvokeAsync("destroyReferencePoint", point, null, cancellation);

    public async Task<HyperVJob?> JobAsync(string job, CancellationToken cancellation)
    {
        var found = await AskAsync("job", job, cancellation);
        return found.ValueKind == JsonValueKind.Object ? new HyperVJob((int)(found.Number("state") ?? 0), (uint)(found.Number("errorCode") ?? 0), found.Text("errorDescription") ?? "") : null;
    }

    public async Task<string?> JobResultAsync(string job, CancellationToken cancellation) =>
        await AskAsync("jobResult", job, cancellation) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    public async Task<HyperVChanges> ChangesAsync(string path, string since, long offset, long length, CancellationToken cancellation)
    {
        var found = await child.CallAsync("changes", json =>
        {
            json.WriteString("key", path);
            json.WriteString("since", since);
            json.WriteNumber("offset", offset);
            json.WriteNumber("length", length);
        }, cancellation);
        return new HyperVChanges(Reply(found), found.Number("processed"), found.Numbers("offsets"), found.Numbers("lengths"));
    }

    public Task<HyperVDiskFacts> DiskAsync(string path, CancellationToken cancellation) => Task.Run(() => OperatingSystem.IsWindows() ? VirtualDisk.Facts(path) : throw Elsewhere(), cancellation);

    public Task<IHyperVDisk> OpenDiskAsync(string path, CancellationToken cancellation) => Task.Run<IHyperVDisk>(() => OperatingSystem.IsWindows() ? VirtualDisk.Attach(path) : throw Elsewhere(), cancellation);

    public Task<HyperVReply> ImportAsync(string definition, string snapshotFolder, CancellationToken cancellation) => InvokeAsync("import", definition, snapshotFolder, cancellation);

    public async Task<string> PlannedSettingsAsync(string planned, CancellationToken cancellation) => (await AskAsync("settings", planned, cancellation)).Text("id")!;

    public Task<HyperVReply> RenameAsync(string settings, string name, CancellationToken cancellation) => InvokeAsync("rename", settings, name, cancellation);

    public Task<HyperVReply> MoveStorageAsync(string storage, string path, CancellationToken cancellation) => InvokeAsync("moveStorage", storage, path, cancellation);

    public Task<HyperVReply> RemoveStorageAsync(string storage, CancellationToken cancellation) => InvokeAsync("removeStorage", storage, null, cancellation);

    public Task<HyperVReply> DisconnectNetworkAsync(string settings, CancellationToken cancellation) => InvokeAsync("disconnectNetwork", settings, null, cancellation);

    public Task<HyperVReply> ValidateAsync(string planned, CancellationToken cancellation) => InvokeAsync("validate", planned, null, cancellation);

    public Task<HyperVReply> RealizeAsync(string planned, CancellationToken cancellation) => InvokeAsync("realize", planned, null, cancellation);

    public Task<HyperVReply> DestroyPlannedAsync(string planned, CancellationToken cancellation) => InvokeAsync("destroyPlanned", planned, null, cancellation);

    public ValueTask DisposeAsync() => child.DisposeAsync();

    private static PlatformNotSupportedException Elsewhere() => new("virtdisk is a part of Windows");

    private static HyperVReply Reply(JsonElement found) => new((uint)(found.Number("returnValue") ?? 32768), found.Text("job"));

    private Task<JsonElement> AskAsync(string call, string key, CancellationToken cancellation) => child.CallAsync(call, json => json.WriteString("key", key), cancellation);

    private async Task<HyperVReply> InvokeAsync(string call, string key, string? value, CancellationToken cancellation) => Reply(await child.CallAsync(call, json =>
    {
        json.WriteString("key", key);
        json.WriteString("value", value);
    }, cancellation));

    private async Task<IReadOnlyList<T>> ListAsync<T>(string call, string key, Func<JsonElement, T> map, CancellationToken cancellation) =>
        [.. (await AskAsync(call, key, cancellation)).Items().Select(map)];
}
