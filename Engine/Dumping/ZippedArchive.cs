using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Dumping;

/// <summary>zip by the class library, with Unix permissions; a symlink is an entry whose content is its target, as Info-ZIP has it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "To dispose the writer is to write the archive's end, which only a whole one may get; it holds nothing else.")]
internal sealed class ZippedArchive(Stream output) : IDumpArchive
{
    // DOS times: even seconds from 1980 to 2107.
    private static readonly DateTimeOffset s_first = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_last = new(2107, 12, 31, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _zip = new(output, ZipArchiveMode.Create, leaveOpen: true);

    public async Task AddAsync(string name, TreeNode node, Stream? content, CancellationToken cancellationToken)
    {
        var entry = _zip.CreateEntry(name, content is { Length: > 0 } ? CompressionLevel.Fastest : CompressionLevel.NoCompression);
        var time = node.ModifiedAt.ToDateTimeOffset();
        entry.LastWriteTime = (time < s_first ? s_first : time > s_last ? s_last : time).ToLocalTime();
        entry.ExternalAttributes = (int)((FormatOf(node.Type) | node.Mode.UnixPermissions) << 16);
        if (node.Type == NodeType.Folder)
            return;
        await using var target = await entry.OpenAsync(cancellationToken);
        if (node.Type == NodeType.Symlink)
            await target.WriteAsync(node.LinkTarget.Bytes.ToArray(), cancellationToken);
        else if (content is not null)
            await content.CopyToAsync(target, cancellationToken);
    }

    public async Task FinishAsync() => await _zip.DisposeAsync();

    /// <summary>The bits of st_mode for the type.</summary>
    private static uint FormatOf(NodeType type) => type switch { NodeType.Folder => 0x4000u, NodeType.Symlink => 0xa000u, _ => 0x8000u };
}
