using System.Text.RegularExpressions;

namespace BackupOnline.Architecture.Tests;

/// <summary>Norms of the house that no analyzer checks.</summary>
public sealed partial class FileTests
{
    private static readonly string[] NamesThatSayNothing = ["Helpers", "Helper", "Utils", "Utilities", "Common", "Services", "Managers", "Misc"];

    public static TheoryData<string> Rooms => [.. Checkout.Projects.Keys];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_file_holds_one_public_type_named_after_it(string room)
    {
        var crooked =
            from file in Checkout.SourcesOf(room)
            let types = PublicType().Matches(Checkout.Read(file)).Select(match => match.Groups["name"].Value).Distinct().ToList()
            let name = Path.GetFileNameWithoutExtension(file).Split('.')[0]
            where types.Count > 1 || (types.Count == 1 && types[0] != name)
            select $"{file}: {string.Join(", ", types)}";

        Assert.Empty(crooked);
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_namespace_is_its_folder(string room)
    {
        var crooked =
            from file in Checkout.SourcesOf(room)
            let declared = Namespace().Match(Checkout.Read(file)).Groups["name"].Value
            let wanted = "BackupOnline." + Path.GetDirectoryName(file)!.Replace('/', '.')
            where declared.Length > 0 && declared != wanted
            select $"{file}: {declared}, not {wanted}";

        Assert.Empty(crooked);
    }

    [Fact]
    public void No_file_is_longer_than_500_lines()
    {
        var long_ = Checkout.Sources.Select(file => (file, lines: Checkout.Read(file).Count(c => c == '\n'))).Where(entry => entry.lines > 500);

        Assert.Empty(long_);
    }

    [Fact]
    public void The_median_file_is_short()
    {
        var lengths = Checkout.Sources.Select(file => Checkout.Read(file).Count(c => c == '\n')).Order().ToList();

        Assert.InRange(lengths[lengths.Count / 2], 1, 75);
        Assert.InRange(lengths[lengths.Count * 9 / 10], 1, 200);
    }

    [Fact]
    public void No_folder_has_a_name_that_says_nothing()
    {
        var folders = Checkout.Sources.SelectMany(file => file.Split('/')[..^1]).Distinct();

        Assert.DoesNotContain(folders, NamesThatSayNothing.Contains);
    }

    [Fact]
    public void No_source_hides_code_in_regions() =>
        Assert.DoesNotContain(Checkout.Sources, file => Checkout.Read(file).Contains("#region", StringComparison.Ordinal));

    [Fact]
    public void A_class_that_is_not_sealed_is_meant_to_be_inherited()
    {
        var open =
            from file in Checkout.Sources
            where !file.EndsWith("Program.cs", StringComparison.Ordinal)
            let match = OpenClass().Match(Checkout.Read(file))
            where match.Success && !Checkout.Read(file).Contains("may be inherited", StringComparison.Ordinal)
            select $"{file}: {match.Value.Trim()}: seal it, or say 'may be inherited' and why";

        Assert.Empty(open);
    }

    // Top level of a file-scoped namespace: no indentation.
    [GeneratedRegex(@"^public\s+(?:sealed\s+|abstract\s+|static\s+|partial\s+|readonly\s+|unsafe\s+|ref\s+)*(?:class|interface|enum|delegate\s+\S+|record\s+struct|record\s+class|record|struct)\s+(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^(?:public|internal)\s+(?:partial\s+|unsafe\s+)*(?:class|record(?!\s+struct))\s+\w+", RegexOptions.Multiline)]
    private static partial Regex OpenClass();
}
