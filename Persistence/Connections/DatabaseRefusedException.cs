namespace BackupOnline.Persistence.Connections;

/// <summary>The database cannot be used as it is; the message says what an operator has to do.</summary>
public sealed class DatabaseRefusedException : Exception
{
    public DatabaseRefusedException(string message)
        : base(message)
    {
    }

    public DatabaseRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
