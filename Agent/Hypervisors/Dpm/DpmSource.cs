namespace BackupOnline.Agent.Hypervisors.Dpm;

/// <summary>A Hyper-V machine as DPM knows it.</summary>
/// <param name="Id">DatasourceId: a GUID.</param>
/// <param name="Name">As DPM shows it; it holds the machine's name.</param>
/// <param name="Group">Protection group; null: not protected.</param>
internal sealed record DpmSource(string Id, string Name, string? Group);
