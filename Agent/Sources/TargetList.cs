using System.Text;
using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Filters;

namespace BackupOnline.Agent.Sources;

/// <summary>Lists of paths to back up, as restic's three --files-from flags read them.</summary>
internal static class TargetList
{
    private static readonly char[] Wildcards = ['*', '?', '[', '\\'];

    /// <summary>One path per line with wildcards, blanks around it cut, # begins a comment line.</summary>
    public static IEnumerable<RawPath> FromPatterns(string file) =>
        Lines(file).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').SelectMany(Expand).Select(RawPath.FromText);

    /// <summary>One path per line, to the letter.</summary>
    public static IEnumerable<RawPath> Verbatim(string file) => Lines(file).Where(line => line.Length > 0).Select(RawPath.FromText);

    /// <summary>Paths of any bytes, each ended by a zero byte.</summary>
    public static IEnumerable<RawPath> Raw(string file)
    {
        var bytes = Bytes(file);
        for (var start = 0; start < bytes.Length;)
        {
            var length = Array.IndexOf(bytes, (byte)0, start) is >= 0 and var end ? end - start : bytes.Length - start;
            if (length > 0)
                yield return new RawPath(bytes.AsSpan(start, length));
            start += length + 1;
        }
    }

    // Each component with a wildcard is compared with what the folder holds; one that fits nothing gives nothing, as a shell's glob.
    private static IEnumerable<string> Expand(string pattern)
    {
        if (pattern.IndexOfAny(Wildcards) < 0)
            return [pattern];
        IEnumerable<string> found = [pattern[0] == '/' ? "/" : ""];
        foreach (var part in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
            found = [.. found.SelectMany(folder => Step(folder, part))];
        return found;
    }

    private static IEnumerable<string> Step(string folder, string part)
    {
        if (part.IndexOfAny(Wildcards) < 0)
            return Path.Exists(Path.Join(folder, part)) ? [Path.Join(folder, part)] : [];
        var names = PatternList.Parse(["/" + part]);
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder.Length == 0 ? "." : folder)
                .Select(Path.GetFileName)
                .Where(name => names.Matches(RawPath.FromText("/" + name)))
                .Order(StringComparer.Ordinal)
                .Select(name => Path.Join(folder, name))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string[] Lines(string file)
    {
        var text = Encoding.UTF8.GetString(Bytes(file)).TrimStart('\ufeff');
        return text.Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
    }

    private static byte[] Bytes(string file)
    {
        try
        {
            if (file != "-")
                return File.ReadAllBytes(file);
            using var input = StandardStreams.OpenInput();
            using var memory = new MemoryStream();
            input.CopyTo(memory);
            return memory.ToArray();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AgentStop(ExitCode.Fatal, RunSentences.ListUnreadable, file, FileReason.Of(failure));
        }
    }
}
