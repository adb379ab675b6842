using BackupOnline.Agent.Exits;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Agent.Repositories;

/// <summary>The object that a person names by the beginning of its id.</summary>
internal static class ObjectChoice
{
    /// <exception cref="AgentStop">None, or several, begin so.</exception>
    public static async Task<StoredObject> FindAsync(Repository repository, ObjectKind kind, string beginning, CancellationToken cancellation)
    {
        var found = await AllAsync(repository, kind, beginning, cancellation);
        return found.Count switch
        {
            1 => found[0],
            0 => throw new AgentStop(ExitCode.Fatal, RepositorySentences.NoObject, ObjectName.Folder(kind), beginning),
            _ => throw new AgentStop(ExitCode.Fatal, RepositorySentences.SeveralObjects, found.Count, ObjectName.Folder(kind), beginning),
        };
    }

    /// <summary>Every object whose id begins so.</summary>
    public static async Task<IReadOnlyList<StoredObject>> AllAsync(Repository repository, ObjectKind kind, string beginning, CancellationToken cancellation)
    {
        var found = new List<StoredObject>();
        await foreach (var stored in repository.Store.ListAsync(kind, cancellation))
        {
            if (stored.Name.Name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
                found.Add(stored);
        }

        return found;
    }
}
