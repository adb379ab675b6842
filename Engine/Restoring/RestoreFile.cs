using BackupOnline.Engine.Files;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Restoring;

/// <summary>An entry of a batch: a file whose content is to be written.</summary>
internal sealed class RestoreFile(RestoreFolder folder, TreeNode node)
{
    private int _failed;

    public RestoreFolder Folder => folder;

    public TreeNode Node => node;

    public RawPath Path => folder.PathOf(node.Name);

    /// <summary>Bytes of its content; set when it is made.</summary>
    public long Length { get; set; }

    /// <summary>It is there, if only with a part of its content.</summary>
    public bool IsMade { get; set; }

    /// <summary>It has one part only: whoever has that part makes, writes and finishes the file at one stroke.</summary>
    public bool IsOnePart { get; set; }

    /// <summary>Its metadata are on it.</summary>
    public bool IsFinished { get; set; }

    /// <summary>The target takes nothing of it any more. A file of which a part is lost still gets its others.</summary>
    public bool IsUnwritable { get; set; }

    /// <summary>It failed because stored data is missing or damaged.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Its content is not complete.</summary>
    public bool IsFailed => Volatile.Read(ref _failed) != 0;

    /// <summary>True the first time: one file is one error, however many of its parts fail.</summary>
    public bool TryFail(bool isDamage)
    {
        if (Interlocked.Exchange(ref _failed, 1) != 0)
            return false;
        IsDamaged = isDamage;
        return true;
    }
}
