namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>What a server told of an export before transmission.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Largest">Largest read or write, bytes.</param>
/// <param name="Contexts">The granted meta contexts by their number in replies: every one that was asked for.</param>
internal sealed record NbdExport(long Size, NbdTransmissionFlags Flags, int Largest, IReadOnlyDictionary<uint, string> Contexts);
