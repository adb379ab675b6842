namespace BackupOnline.Grains.Availability;

/// <summary>A raised alarm.</summary>
/// <param name="RaisedFor">The minute that raised it.</param>
/// <param name="Outcome">What the prober saw.</param>
internal sealed record DownVault(DateTimeOffset RaisedFor, string Outcome);
