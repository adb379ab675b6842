namespace BackupOnline.Agent.Hosting;

/// <summary>Takes the next attempt of an offered job; everything stands in the path.</summary>
internal sealed record AttemptRequest;
