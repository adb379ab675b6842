using System.Text.Json;

namespace BackupOnline.Rules.Tests.Cases;

/// <summary>Every worked case of every file, one test each. A section that nobody judges is a failure.</summary>
public sealed class CaseTests
{
    // Words about the file, not sections.
    private static readonly HashSet<string> Preamble = new(StringComparer.Ordinal) { "rule", "capBytes" };

    private static readonly Dictionary<string, Action<JsonElement>> Judges = new([.. MeteringCases.Judges, .. RetentionCases.Judges, .. ContractCases.Judges], StringComparer.Ordinal);

    public static IEnumerable<TheoryDataRow<string, string, int>> Cases =>
        from file in CaseFile.All()
        from section in Sections(CaseFile.Read(file))
        from position in Enumerable.Range(0, section.Cases.GetArrayLength())
        select new TheoryDataRow<string, string, int>(file, section.Name, position) { TestDisplayName = NameOf(file, section.Name, section.Cases[position], position) };

    [Fact]
    public void There_are_cases() => Assert.True(Cases.Count() > 80, "the fixtures' cases were not found");

    [Fact]
    public void Every_section_of_every_file_has_a_judge() =>
        Assert.Empty(CaseFile.All().SelectMany(file => Sections(CaseFile.Read(file)).Select(section => section.Name)).Distinct().Except(Judges.Keys));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Case_holds(string file, string section, int position)
    {
        Assert.True(Judges.TryGetValue(section, out var judge), $"{Path.GetFileName(file)} has a section '{section}' that no judge knows.");
        judge(Sections(CaseFile.Read(file)).Single(s => s.Name == section).Cases[position]);
    }

    /// <summary>Lists at the top, and lists one level below it as <c>group.section</c>.</summary>
    private static IEnumerable<(string Name, JsonElement Cases)> Sections(JsonElement root)
    {
        foreach (var member in root.EnumerateObject().Where(member => !Preamble.Contains(member.Name)))
        {
            if (member.Value.ValueKind == JsonValueKind.Array)
            {
                yield return (member.Name, member.Value);
                continue;
            }

            foreach (var inner in member.Value.EnumerateObject()) yield return ($"{member.Name}.{inner.Name}", inner.Value);
        }
    }

    private static string NameOf(string file, string section, JsonElement item, int position) =>
        $"{Path.GetFileName(file)} {section} {(item.TryGetProperty("id", out var id) ? id.ToString() : $"#{position}")}";
}
