namespace BackupOnline.Agent.Hypervisors;

/// <summary>A file of a machine's configuration.</summary>
/// <param name="Name">A plain file name.</param>
internal sealed record ConfigurationFile(string Name, ReadOnlyMemory<byte> Content);
