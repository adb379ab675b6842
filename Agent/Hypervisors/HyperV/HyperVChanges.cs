namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>Out parameters of GetVirtualDiskChanges; null where the host gave none.</summary>
/// <param name="Processed">ProcessedByteLength: may be less than was asked for.</param>
/// <param name="Offsets">ChangedByteOffsets.</param>
/// <param name="Lengths">ChangedByteLengths, parallel to <paramref name="Offsets"/>.</param>
internal sealed record HyperVChanges(HyperVReply Reply, long? Processed, IReadOnlyList<long>? Offsets, IReadOnlyList<long>? Lengths);
