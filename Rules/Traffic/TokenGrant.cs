namespace BackupOnline.Rules.Traffic;

/// <summary>What <see cref="TokenBucket"/> grants.</summary>
/// <param name="NextFree">The bucket's new state, nanoseconds of the caller's clock.</param>
/// <param name="Wait">Nanoseconds to wait before the bytes may go; 0: at once.</param>
public readonly record struct TokenGrant(long NextFree, long Wait);
