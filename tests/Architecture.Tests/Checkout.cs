using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace BackupOnline.Architecture.Tests;

/// <summary>The checkout as text: project files and sources, without what a build leaves behind.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    /// <summary>The product's projects, by folder name.</summary>
    public static IReadOnlyDictionary<string, XDocument> Projects { get; } =
        Directory.GetDirectories(Root)
            .Select(folder => (Name: Path.GetFileName(folder), File: Path.Combine(folder, Path.GetFileName(folder) + ".csproj")))
            .Where(project => File.Exists(project.File))
            .ToDictionary(project => project.Name, project => XDocument.Load(project.File), StringComparer.Ordinal);

    /// <summary>Every source file of the product, relative to the root, without tests.</summary>
    public static IReadOnlyList<string> Sources { get; } =
        [.. Projects.Keys.SelectMany(project => SourcesOf(project)).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> SourcesOf(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal));

    public static string Read(string relative) => File.ReadAllText(Path.Combine(Root, relative));

    private static string FindRoot([CallerFilePath] string self = "")
    {
        // Deterministic builds rewrite the caller's path, so the output folder is asked as well.
        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(self) ?? "" })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "BackupOnline.sln")))
                {
                    return folder.FullName;
                }
            }
        }

        throw new InvalidOperationException("No folder above the test's output holds BackupOnline.sln.");
    }
}
