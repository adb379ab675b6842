namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>Written before the host is asked for a checkpoint, so that a driver that dies leaves a trace.</summary>
/// <param name="Epoch">The new epoch, as text; the checkpoint bears it as its name.</param>
/// <param name="Snapshot">InstanceID of the checkpoint, once it is known.</param>
/// <param name="Before">Reference points that were there before the point is converted; null until then.</param>
internal sealed record HyperVOpening(string Epoch, string? Snapshot, IReadOnlyList<string>? Before);
