namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>What a checkpoint holds: its disks with the basis of each, the machine's configuration, and what was left out.</summary>
internal sealed class HyperVContent(IHyperVHost host, HyperVJobs jobs, HyperVBase? committed, HyperVSystem system)
{
    private readonly List<string> _skipped = [];
    private readonly List<HyperVPointDisk> _disks = [];
    private readonly List<HyperVDescribedDisk> _described = [];

    public IReadOnlyList<string> Skipped => _skipped;

    public IReadOnlyList<HyperVPointDisk> Disks => _disks;

    public IReadOnlyList<ConfigurationFile> Configuration { get; private set; } = [];

    public async Task<HyperVContent> ReadAsync(PointRequest request, HyperVSnapshot snapshot, bool hasUserCheckpoint, CancellationToken cancellation)
    {
        await LeftOutAsync(cancellation);
        var found = new List<(HyperVStorage Storage, HyperVDiskFacts Facts)>();
        foreach (var storage in (await host.StorageAsync(snapshot.Id, cancellation)).Where(one => one.IsHardDisk && !one.IsShared).OrderBy(one => one.Place, StringComparer.Ordinal))
            found.Add((storage, await host.DiskAsync(storage.Path!, cancellation)));
        var basis = new HyperVBasis(host, jobs, committed, request, hasUserCheckpoint);
        foreach (var (storage, facts) in found)
        {
            var twice = found.Count(other => other.Facts.Identity == facts.Identity) > 1;
            var id = twice ? $"{facts.Identity}-{Epoch.Of(storage.Place, 1).Machine}" : facts.Identity.ToString();
            if (request.ExcludedDisks.Contains(id, StringComparer.OrdinalIgnoreCase))
            {
                _skipped.Add($"{id}: left out by the operator");
                continue;
            }

            var (chosen, changes) = await basis.DecideAsync(id, storage.Path!, facts, twice, cancellation);
            _disks.Add(new HyperVPointDisk(host, storage.Path!, id, facts, chosen, changes));
            _described.Add(new HyperVDescribedDisk(id, storage.Path!, storage.Place));
        }

        if (_disks.Count == 0)
            throw new HypervisorException(HypervisorFault.Operator, "hyperv-no-disks", $"{system.Name} has no disk that can be backed up{string.Concat(_skipped.Select(one => "; " + one))}");
        var files = await host.ConfigurationAsync(snapshot.Id, cancellation);
        var definition = files.FirstOrDefault(one => one.Name.EndsWith(".vmcx", StringComparison.OrdinalIgnoreCase))?.Name;
        Configuration = [.. files, new HyperVDescription(system.Id, system.Name, definition, _described, _skipped).ToFile()];
        return this;
    }

    /// <summary>From the machine, not from the checkpoint, which leaves such disks out without a word.</summary>
    private async Task LeftOutAsync(CancellationToken cancellation)
    {
        var settings = await host.SettingsAsync(system.Id, cancellation);
        foreach (var storage in (await host.StorageAsync(settings.Id, cancellation)).OrderBy(one => one.Place, StringComparer.Ordinal))
        {
            if (storage.IsPassThrough)
                _skipped.Add($"{storage.Place}: pass-through");
            else if (storage.IsHardDisk && storage.IsShared)
                _skipped.Add($"{storage.Path}: shared among machines");
        }
    }
}
