namespace BackupOnline.Engine.Stores;

/// <summary>An attempt failed and another follows.</summary>
/// <param name="Operation">What is tried, such as <c>upload data/01ab...</c>.</param>
/// <param name="Attempt">The number of the attempt that failed, from 1.</param>
/// <param name="Wait">How long until the next one.</param>
/// <param name="Reason">Why it failed, for the user.</param>
public readonly record struct StoreRetry(string Operation, int Attempt, TimeSpan Wait, string Reason);
