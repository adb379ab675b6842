using System.Globalization;
using System.Text;

namespace BackupOnline.Agent.PointFiles;

/// <summary>NTFS by ntfsls and ntfscat. They read a volume that was not unmounted cleanly too, as of a running machine.</summary>
internal sealed class NtfsTool : IVolumeTool
{
    private const string Package = "ntfs-3g";
    private static readonly Tool Ls = new("ntfsls", Package);
    private static readonly Tool Cat = new("ntfscat", Package);

    public async Task<IReadOnlyList<PointFile>> ListAsync(string volume, string folder, CancellationToken cancellation)
    {
        // Long lines tell sizes, the classification folders; a name may hold both a slash's look-alike and spaces, so they are told apart by columns.
        using var output = new MemoryStream();
        Check(await Ls.RunAsync(["-f", "-q", "-l", "-F", "-p", folder, volume], output, cancellation));
        var files = new List<PointFile>();
        foreach (var line in Encoding.UTF8.GetString(output.ToArray()).Split('\n'))
        {
            // size month day hour:minute year name
            var parts = line.TrimStart().Split(' ', 2);
            if (parts.Length < 2 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var size) || NameOf(parts[1]) is not { } name)
                continue;
            var isFolder = name.EndsWith('/');
            name = name.TrimEnd('/');
            if (name is not ("." or ".." or ""))
                files.Add(new PointFile(name, isFolder ? PointFileType.Folder : PointFileType.File, isFolder ? null : size));
        }

        return files;
    }

    public async Task CopyAsync(string volume, string file, Stream output, CancellationToken cancellation) =>
        Check(await Cat.RunAsync(["-f", "-q", volume, file], output, cancellation));

    private static void Check((int ExitCode, string Errors) ended)
    {
        if (ended.ExitCode != 0)
            throw new VolumeException(ended.Errors.Length > 0 ? ended.Errors : "No such file or folder, or a damaged file system.");
    }

    // Behind the year, the fourth word; the name itself may begin with blanks.
    private static string? NameOf(string rest)
    {
        var at = 0;
        for (var word = 0; word < 4; word++)
        {
            while (at < rest.Length && rest[at] == ' ')
                at++;
            while (at < rest.Length && rest[at] != ' ')
                at++;
        }

        return at + 1 < rest.Length ? rest[(at + 1)..] : null;
    }
}
