using System.Globalization;
using System.Text;

namespace BackupOnline.Agent.PointFiles;

/// <summary>ext2, ext3 and ext4 by debugfs. It does not replay the journal: of a point that is consistent as after a power cut, what was written last may be missing.</summary>
internal sealed class ExtTool : IVolumeTool
{
    private static readonly Tool Debugfs = new("debugfs", "e2fsprogs");

    public async Task<IReadOnlyList<PointFile>> ListAsync(string volume, string folder, CancellationToken cancellation)
    {
        using var output = new MemoryStream();
        await RunAsync(volume, $"ls -p {Quoted(folder)}", output, cancellation);
        var files = new List<PointFile>();
        foreach (var line in Encoding.UTF8.GetString(output.ToArray()).Split('\n'))
        {
            // /inode/mode/owner/group/name/size/
            if (line.Split('/') is not ["", var inode, var mode, _, _, var name, var size, ..] || inode == "0" || name is "." or "..")
                continue;
            var type = mode.StartsWith("04", StringComparison.Ordinal) ? PointFileType.Folder : mode.StartsWith("10", StringComparison.Ordinal) ? PointFileType.File : PointFileType.Other;
            files.Add(new PointFile(name, type, long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null));
        }

        return files;
    }

    public Task CopyAsync(string volume, string file, Stream output, CancellationToken cancellation) => RunAsync(volume, $"cat {Quoted(file)}", output, cancellation);

    // It ends with 0 whatever happens: what it says beside its version is the failure.
    private static async Task RunAsync(string volume, string request, Stream output, CancellationToken cancellation)
    {
        var (_, errors) = await Debugfs.RunAsync(["-R", request, volume], output, cancellation);
        var said = errors.Split('\n').Where(line => line.Length > 0 && !line.StartsWith("debugfs ", StringComparison.Ordinal)).ToList();
        if (said.Count > 0)
            throw new VolumeException(string.Join(' ', said));
    }

    private static string Quoted(string path) => path.Contains('\n', StringComparison.Ordinal)
        ? throw new VolumeException("A name with a line break cannot be asked for.")
        : "\"" + path.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
