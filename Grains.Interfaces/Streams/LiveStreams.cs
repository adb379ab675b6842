namespace BackupOnline.Grains.Interfaces.Streams;

/// <summary>The stream provider of what a screen or a cache likes to know at once. Hints only: memory streams lose events when a silo dies (decision 7c).</summary>
public static class LiveStreams
{
    public const string Name = "live";
}
