using BackupOnline.Persistence.Storage;

namespace BackupOnline.Silo.Cluster;

/// <summary>The database driver's exceptions cannot cross a grain call: what a grain lets escape becomes one that can.</summary>
internal sealed class DatabaseFaultFilter : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception fault) when (DatabaseFault.IsFromDatabase(fault))
        {
            throw DatabaseFault.Translate(fault);
        }
    }
}
