using BackupOnline.Engine.Buffers;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Archiving;

/// <summary>A folder of the parent snapshot, read in step with the walk: both are sorted, so one node at a time is enough.</summary>
internal sealed class PreviousFolder : IDisposable
{
    private readonly RentedBuffer _plain;
    private readonly TreeReader _reader;
    private readonly Action<string> _onDamage;
    private TreeNode? _next;
    private bool _ended;

    private int _read;
    private bool _isDamaged;

    private PreviousFolder(BlobId tree, RentedBuffer plain, Action<string> onDamage) => (Tree, _plain, _reader, _onDamage) = (tree, plain, new TreeReader(plain.Memory), onDamage);

    public BlobId Tree { get; }

    /// <summary>Null when there is no such tree, or when it cannot be read: then everything in it is read anew.</summary>
    public static async ValueTask<PreviousFolder?> OpenAsync(
        Repository repository, BlobId? tree, Action<string> onDamage, CancellationToken cancellationToken)
    {
        if (tree is not { } id)
            return null;
        try
        {
            return new PreviousFolder(id, await repository.LoadTreeAsync(id, cancellationToken), onDamage);
        }
        catch (RepositoryException e) when (e.IsOfOneObject)
        {
            onDamage(e.Message);
            return null;
        }
    }

    /// <summary>The node of a name. Names must be asked for in byte order.</summary>
    public TreeNode? Find(RawPath name)
    {
        while (!_ended && (_next is null || _next.Name < name))
            Advance();

        return _next is { } node && node.Name == name ? node : null;
    }

    /// <summary>Reads what is left. The number of all nodes; null when the tree is damaged.</summary>
    public int? CountAll()
    {
        while (!_ended)
            Advance();
        return _isDamaged ? null : _read;
    }

    public void Dispose() => _plain.Dispose();

    private void Advance()
    {
        try
        {
            _next = _reader.Read();
            _ended = _next is null;
            _read += _ended ? 0 : 1;
        }
        catch (TreeFormatException e)
        {
            _onDamage(e.Message);
            (_next, _ended, _isDamaged) = (null, true, true);
        }
    }
}
