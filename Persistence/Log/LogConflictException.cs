namespace BackupOnline.Persistence.Log;

/// <summary>The log's head is not where the writer thought, or an entry is there already: read the head again. Another activation was faster.</summary>
[GenerateSerializer, Alias("bo.log-conflict")]
public sealed class LogConflictException : Exception
{
    public LogConflictException(string message)
        : base(message)
    {
    }
}
