namespace BackupOnline.Agent.Pacing;

/// <summary>A time with one rate, by the door's clock: from inclusive, to exclusive. Kind: quiet, burst or raised.</summary>
internal sealed record SendingSpan(DateTimeOffset From, DateTimeOffset To, string? Kind, long BitsPerSecond);
