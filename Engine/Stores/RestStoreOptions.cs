namespace BackupOnline.Engine.Stores;

/// <summary>How a REST store behaves towards its server. Checked by <see cref="Validate"/> when the store is made.</summary>
public sealed class RestStoreOptions
{
    /// <summary>User name of HTTP Basic; overrides the address's. Null: the address's, or none.</summary>
    public string? Username { get; init; }

    /// <summary>Password of HTTP Basic; overrides the address's.</summary>
    public string? Password { get; init; }

    /// <summary>PEM file of certificate authorities to trust in place of the system's. Null: the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>
    /// How long one operation is tried again after connection losses, timeouts and answers that say "later", before it is Unreachable. Zero: never. Default 15 minutes.
    /// </summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>As <see cref="RetryFor"/>, until the server has answered for the first time: a mistyped address is told sooner. Default 1 minute.</summary>
    public TimeSpan FirstContactRetryFor { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>An attempt that moves no byte for so long counts as lost. Default 5 minutes, as stock restic.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A connection that is not made within so long counts as lost. Default 30 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Connections to the server at the same time. 1 to 64, default 8: uploads and reads beside them.</summary>
    public int MaxConnections { get; init; } = 8;

    /// <summary>Told before each wait for another attempt. May be called from any thread.</summary>
    public Action<StoreRetry>? OnRetry { get; init; }

    /// <summary>
    /// Awaited before each piece of an upload (at most 128 KiB) with its length in bytes: a rate limit over all connections. Called from several threads at once; must let a piece go within
    /// <see cref="StallTimeout"/>. Null: as fast as the line is.
    /// </summary>
    public Func<int, CancellationToken, ValueTask>? Pace { get; init; }

    /// <summary>As <see cref="Pace"/> for what is received: awaited after each piece of an object, before the next is taken off the line.</summary>
    public Func<int, CancellationToken, ValueTask>? PaceReceiving { get; init; }

    /// <summary>The clock of waits and time-outs.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <exception cref="ArgumentException">Names the property, its value and its bound.</exception>
    public void Validate()
    {
        Check(RetryFor >= TimeSpan.Zero, nameof(RetryFor), RetryFor, "zero or more");
        Check(FirstContactRetryFor >= TimeSpan.Zero, nameof(FirstContactRetryFor), FirstContactRetryFor, "zero or more");
        Check(StallTimeout > TimeSpan.Zero, nameof(StallTimeout), StallTimeout, "more than zero");
        Check(ConnectTimeout > TimeSpan.Zero, nameof(ConnectTimeout), ConnectTimeout, "more than zero");
        Check(MaxConnections is >= 1 and <= 64, nameof(MaxConnections), MaxConnections, "between 1 and 64");
        Check(CaFile is null || File.Exists(CaFile), nameof(CaFile), CaFile ?? "", "an existing PEM file");
    }

    private static void Check(bool holds, string property, object value, string bound)
    {
        if (!holds)
            throw new ArgumentException($"{property} is {value}; it must be {bound}.", property);
    }
}
