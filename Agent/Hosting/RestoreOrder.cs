namespace BackupOnline.Agent.Hosting;

/// <summary>Where a machine is to be made anew.</summary>
/// <param name="Name">Name of the new machine.</param>
/// <param name="Folder">Folder on the host; null: the host's default.</param>
/// <param name="Format">qcow2, raw or vhdx; null: the host's default.</param>
internal sealed record RestoreOrder(string Name, string? Folder, string? Format);
