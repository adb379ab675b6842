namespace BackupOnline.Agent.Hypervisors.HyperV.Conformance;

/// <summary>Writes down what passes between the driver and a host.</summary>
internal sealed class HyperVObservedHost(IHyperVHost host, HyperVTranscript transcript) : IHyperVHost
{
    /// <summary>Items of a list that are written out.</summary>
    private const int MostItems = 200;

    public Task<IReadOnlyList<HyperVSystem>> SystemsAsync(CancellationToken cancellation) =>
        NotedAsync("systems", "", host.SystemsAsync(cancellation), all => Items(all, one => $"{one} [{string.Join(' ', one.OperationalStatus)}]"));

    public Task<HyperVComponents> ComponentsAsync(string system, CancellationToken cancellation) => NotedAsync("components", system, host.ComponentsAsync(system, cancellation), one => one.ToString());

    public Task<HyperVSettings> SettingsAsync(string system, CancellationToken cancellation) => NotedAsync("settings", system, host.SettingsAsync(system, cancellation), one => one.ToString());

    public Task<IReadOnlyList<HyperVSnapshot>> SnapshotsAsync(string system, CancellationToken cancellation) =>
        NotedAsync("snapshots", system, host.SnapshotsAsync(system, cancellation), all => Items(all, one => one.ToString()));

    public Task<IReadOnlyList<HyperVStorage>> StorageAsync(string settings, CancellationToken cancellation) =>
        NotedAsync("storage", settings, host.StorageAsync(settings, cancellation), all => Items(all, one => one.ToString()));

    public Task<IReadOnlyList<ConfigurationFile>> ConfigurationAsync(string snapshot, CancellationToken cancellation) =>
        NotedAsync("configuration", snapshot, host.ConfigurationAsync(snapshot, cancellation), all => Items(all, one => $"{one.Name} {one.Content.Length}"));

    public Task<HyperVReply> CreateSnapshotAsync(string system, string name, int consistency, CancellationToken cancellation) =>
        NotedAsync("createSnapshot", $"{system} {name} {consistency}", host.CreateSnapshotAsync(system, name, consistency, cancellation), one => one.ToString());

    public Task<HyperVReply> DestroySnapshotAsync(string snapshot, CancellationToken cancellation) =>
        NotedAsync("destroySnapshot", snapshot, host.DestroySnapshotAsync(snapshot, cancellation), one => one.ToString());

    public Task<HyperVReply> ConvertToReferencePointAsync(string snapshot, CancellationToken cancellation) =>
        NotedAsync("convertToReferencePoint", snapshot, host.ConvertToReferencePointAsync(snapshot, cancellation), one => one.ToString());

    public Task<IReadOnlyList<HyperVReferencePoint>> ReferencePointsAsync(string system, CancellationToken cancellation) => NotedAsync("referencePoints", system,
        host.ReferencePointsAsync(system, cancellation), all => Items(all, one => $"{one.Id} type {one.Type} disks [{List(one.Disks)}] tracking [{List(one.Tracking)}]"));

    public Task<HyperVReply> DestroyReferencePointAsync(string point, CancellationToken cancellation) =>
        NotedAsync("destroyReferencePoint", point, host.DestroyReferencePointAsync(point, cancellation), one => one.ToString());

    public Task<HyperVJob?> JobAsync(string job, CancellationToken cancellation) => NotedAsync("job", job, host.JobAsync(job, cancellation), one => one?.ToString() ?? "null");

    public Task<string?> JobResultAsync(string job, CancellationToken cancellation) => NotedAsync("jobResult", job, host.JobResultAsync(job, cancellation), one => one ?? "null");

    public Task<HyperVChanges> ChangesAsync(string path, string since, long offset, long length, CancellationToken cancellation) => NotedAsync("changes", $"{path} {since} {offset} {length}",
        host.ChangesAsync(path, since, offset, length, cancellation), one => $"{one.Reply} processed {one.Processed?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"} offsets [{List(one.Offsets)}] lengths [{List(one.Lengths)}]");

    public Task<HyperVDiskFacts> DiskAsync(string path, CancellationToken cancellation) => NotedAsync("disk", path, host.DiskAsync(path, cancellation), one => one.ToString());

    public Task<IHyperVDisk> OpenDiskAsync(string path, CancellationToken cancellation) => NotedAsync("openDisk", path, host.OpenDiskAsync(path, cancellation), _ => "attached");

    /// <summary>The host belongs to whoever made it: drivers come and go in a run.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string List<T>(IReadOnlyList<T>? items) => items is null ? "null" : string.Join(' ', items.Take(MostItems)) + (items.Count > MostItems ? $" ... {items.Count}" : "");

    private static string Items<T>(IReadOnlyList<T> items, Func<T, string> text) => string.Join("; ", items.Take(MostItems).Select(text));

    private async Task<T> NotedAsync<T>(string call, string asked, Task<T> answer, Func<T, string> text)
    {
        try
        {
            var found = await answer;
            transcript.Add(call, asked, text(found));
            return found;
        }
        catch (Exception failure)
        {
            transcript.Add(call, asked, $"failed: {failure.Message}");
            throw;
        }
    }
}
