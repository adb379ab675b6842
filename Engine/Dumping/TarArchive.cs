using System.Diagnostics.CodeAnalysis;
using System.Formats.Tar;
using System.Text;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Dumping;

/// <summary>tar by the class library, with extended attributes under the names that GNU tar and libarchive know; times to 100 ns, and not before 1970.</summary>
[SuppressMessage("Design", "CA1001", Justification = "To dispose the writer is to write the archive's end, which only a whole one may get; it holds nothing else.")]
internal sealed class TarArchive(Stream output) : IDumpArchive
{
    private const string AttributePrefix = "SCHILY.xattr.";

    private readonly TarWriter _tar = new(output, TarEntryFormat.Pax, leaveOpen: true);

    public async Task AddAsync(string name, TreeNode node, Stream? content, CancellationToken cancellationToken)
    {
        var type = node.Type switch { NodeType.Folder => TarEntryType.Directory, NodeType.Symlink => TarEntryType.SymbolicLink, _ => TarEntryType.RegularFile };
        var entry = new PaxTarEntry(type, name, Extra(node))
        {
            Mode = (UnixFileMode)node.Mode.UnixPermissions,
            Uid = (int)Math.Min(node.Uid, int.MaxValue),
            Gid = (int)Math.Min(node.Gid, int.MaxValue),
            UserName = node.User,
            GroupName = node.Group,
            ModificationTime = Later(DateTimeOffset.UnixEpoch, node.ModifiedAt.ToDateTimeOffset()),
        };
        if (type == TarEntryType.SymbolicLink)
            entry.LinkName = NameText.Of(node.LinkTarget);
        if (content is { Length: > 0 })
            entry.DataStream = content;
        await _tar.WriteEntryAsync(entry, cancellationToken);
    }

    public async Task FinishAsync() => await _tar.DisposeAsync();

    private static Dictionary<string, string> Extra(TreeNode node)
    {
        var extra = new Dictionary<string, string>(StringComparer.Ordinal);

        foreach (var attribute in node.ExtendedAttributes)
        {
            // Records are text: values of other bytes cannot be carried.
            if (System.Text.Unicode.Utf8.IsValid(attribute.Value.Span) && !attribute.Value.Span.Contains((byte)0))
                extra[AttributePrefix + attribute.Name] = Encoding.UTF8.GetString(attribute.Value.Span);
        }

        return extra;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
