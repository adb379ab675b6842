namespace BackupOnline.Engine.Locks;

/// <summary>How a lock is taken and kept. The defaults are stock restic's and should be left so where both work on one repository.</summary>
public sealed class LockOptions
{
    /// <summary>How long to wait for others to finish before the repository counts as Locked. Default zero: not at all.</summary>
    public TimeSpan RetryFor { get; init; }

    /// <summary>Between two looks at a locked repository. Default 10 s.</summary>
    public TimeSpan RetryEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between writing a lock and looking whether another was written at the same time. Default 200 ms.</summary>
    public TimeSpan SettleDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>A lock is renewed so often. Default 5 minutes.</summary>
    public TimeSpan RefreshEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A lock that was not renewed for so long belongs to nobody any more. Default 30 minutes.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <exception cref="ArgumentException">Names the property, its value and its bound.</exception>
    public void Validate()
    {
        Check(RetryFor >= TimeSpan.Zero, nameof(RetryFor), RetryFor, "zero or more");
        Check(RetryEvery > TimeSpan.Zero, nameof(RetryEvery), RetryEvery, "more than zero");
        Check(SettleDelay >= TimeSpan.Zero, nameof(SettleDelay), SettleDelay, "zero or more");
        Check(RefreshEvery > TimeSpan.Zero, nameof(RefreshEvery), RefreshEvery, "more than zero");
        Check(StaleAfter >= 2 * RefreshEvery, nameof(StaleAfter), StaleAfter, "at least twice RefreshEvery");
    }

    private static void Check(bool holds, string property, TimeSpan value, string bound)
    {
        if (!holds)
            throw new ArgumentException($"{property} is {value}; it must be {bound}.", property);
    }
}
