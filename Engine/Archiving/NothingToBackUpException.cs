namespace BackupOnline.Engine.Archiving;

/// <summary>Not one target could be read, so there is nothing to make a snapshot of. The message is for the user.</summary>
public sealed class NothingToBackUpException(string message, IReadOnlyList<ItemError> errors) : Exception(message)
{
    /// <summary>Why, for each target.</summary>
    public IReadOnlyList<ItemError> Errors { get; } = errors;
}
