using BackupOnline.Persistence.Storage;

namespace BackupOnline.Grains.Requests;

/// <summary>The driver's exceptions cannot cross a grain call; this turns them into ones that can, for queries that grains make beside their state.</summary>
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
