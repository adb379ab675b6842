using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Archiving;

/// <summary>A folder of the parent snapshot, read in step with the walk: both are sorted, so one node at a time is enough.</summary>
internal sealed class PreviousFolder
{
    private readonly TreeReader _reader;
    private readonly Action<string> _onDamage;
    private TreeNode? _next;
    private bool _ended;

    private PreviousFolder(TreeReader reader, Action<string> onDamage) => (_reader, _onDamage) = (reader, onDamage);

    /// <summary>Null when there is no such tree, or when it cannot be read: then everything in it is read anew.</summary>
    public static async ValueTask<PreviousFolder?> OpenAsync(
        Repository repository, BlobId? tree, Action<string> onDamage, CancellationToken cancellationToken)
    {
        if (tree is not { } id)
            return null;
        try
        {
            return new PreviousFolder(new TreeReader(await repository.LoadBlobAsync(BlobType.Tree, id, cancellationToken)), onDamage);
        }
        catch (RepositoryException e) when (e.Problem is RepositoryProblem.NotFound or RepositoryProblem.Corrupt)
        {
            onDamage(e.Message);
            return null;
        }
    }

    /// <summary>The node of a name. Names must be asked for in byte order.</summary>
    public TreeNode? Find(RawPath name)
    {
        while (!_ended && (_next is null || _next.Name < name))
        {
            try
            {
                _next = _reader.Read();
                _ended = _next is null;
            }
            catch (TreeFormatException e)
            {
                _onDamage(e.Message);
                (_next, _ended) = (null, true);
            }
        }

        return _next is { } node && node.Name == name ? node : null;
    }
}
