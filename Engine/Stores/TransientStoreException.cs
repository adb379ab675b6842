namespace BackupOnline.Engine.Stores;

/// <summary>An attempt failed in a way that another one may not. Never leaves its store.</summary>
internal sealed class TransientStoreException(string reason, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>What the server asked us to wait.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
