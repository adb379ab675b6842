namespace BackupOnline.Persistence.Storage;

/// <summary>The database did not answer or broke off: whether the last write counts is not known. Ask again later, under the same operation id.</summary>
/// <remarks>Npgsql's own exceptions cannot cross a grain call.</remarks>
[GenerateSerializer, Alias("bo.storage-unavailable")]
public sealed class StorageUnavailableException : Exception
{
    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    public StorageUnavailableException()
        : base("The database does not answer.")
    {
    }
}
