namespace BackupOnline.Agent.Door;

/// <summary>How the customer may burst: standing <c>free</c> or <c>conformity</c>.</summary>
internal sealed record TrafficRegime(string Standing, long BurstKbps, long? QuietCeilingKbps, string Reason);
