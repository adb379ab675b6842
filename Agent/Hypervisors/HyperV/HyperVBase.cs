namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>From where changes are counted.</summary>
/// <param name="Epoch">The committed epoch, as text.</param>
/// <param name="ReferencePoint">InstanceID; it may be older than the epoch: changes since it hold those since the epoch.</param>
/// <param name="Tracking">Resilient change tracking identifier by disk.</param>
internal sealed record HyperVBase(string Epoch, string ReferencePoint, IReadOnlyDictionary<string, string> Tracking);
