using System.Runtime.CompilerServices;
using System.Text.Json;

namespace BackupOnline.Rules.Tests.Cases;

/// <summary>Worked cases of the rules: the files of <c>tests/fixtures/cases</c>, and those of the folder that <c>BACKUPONLINE_CASES</c> names.</summary>
internal static class CaseFile
{
    /// <summary>Further cases of the same form, judged without a change of code.</summary>
    public const string FolderVariable = "BACKUPONLINE_CASES";

    public static IEnumerable<string> All()
    {
        foreach (var folder in new[] { Fixtures(), Environment.GetEnvironmentVariable(FolderVariable) })
        {
            if (string.IsNullOrWhiteSpace(folder)) continue;
            foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)) yield return file;
        }
    }

    public static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return document.RootElement.Clone();
    }

    // Deterministic builds rewrite the caller's path, so the output folder is asked as well.
    private static string Fixtures([CallerFilePath] string self = "")
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(self) ?? "" })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var cases = Path.Combine(folder.FullName, "tests", "fixtures", "cases");
                if (Directory.Exists(cases)) return cases;
            }
        }

        throw new InvalidOperationException("No folder above the test's output holds tests/fixtures/cases.");
    }
}
