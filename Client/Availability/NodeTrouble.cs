namespace BackupOnline.Client.Availability;

/// <summary>A node's vaults that failed lately, and those without a result.</summary>
internal sealed record NodeTrouble(string Node, int Failing, int Unprobed);
