namespace BackupOnline.Engine.Restoring;

/// <summary>The restore cannot go on: the target cannot be written, or its disk is full. The message is for the user and says what to do.</summary>
public sealed class RestoreFailedException(string message, Exception? inner = null) : Exception(message, inner);
