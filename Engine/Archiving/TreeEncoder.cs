using System.Buffers;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Archiving;

/// <summary>Makes one tree after the other in the same memory. For one user at a time.</summary>
internal sealed class TreeEncoder
{
    private const int LargeBytes = 1 << 20;

    private readonly ArrayBufferWriter<byte> _bytes = new(4096);

    /// <summary>It had to hold a folder of thousands of entries: not worth keeping.</summary>
    public bool IsLarge => _bytes.Capacity > LargeBytes;

    /// <summary>The bytes of a whole tree, good until the next one.</summary>
    public ReadOnlyMemory<byte> Encode(IEnumerable<TreeNode> sortedNodes)
    {
        _bytes.ResetWrittenCount();
        TreeWriter.Write(sortedNodes, _bytes);
        return _bytes.WrittenMemory;
    }
}
