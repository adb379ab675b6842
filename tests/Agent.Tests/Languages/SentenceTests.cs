using System.Reflection;
using System.Text.RegularExpressions;
using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Tests.Languages;

public sealed partial class SentenceTests
{
    public static TheoryData<string> Catalogues => [.. CatalogueTypes.Select(type => type.FullName!)];

    private static IEnumerable<Type> CatalogueTypes => typeof(Sentence).Assembly.GetTypes().Where(type => type.Name.EndsWith("Sentences", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Catalogues))]
    public void Every_sentence_exists_in_both_languages_with_the_same_values(string catalogue)
    {
        var fields = typeof(Sentence).Assembly.GetType(catalogue)!.GetFields(BindingFlags.Public | BindingFlags.Static);
        Assert.NotEmpty(fields);
        foreach (var field in fields)
        {
            var sentence = Assert.IsType<Sentence>(field.GetValue(null));
            Assert.False(string.IsNullOrWhiteSpace(sentence.English), field.Name);
            Assert.False(string.IsNullOrWhiteSpace(sentence.French), field.Name);
            Assert.True(Values(sentence.English).SequenceEqual(Values(sentence.French)), $"{catalogue}.{field.Name} takes other values in French.");
        }
    }

    [Theory]
    [InlineData("fr_FR.UTF-8", null, null, "fr")]
    [InlineData("en_GB.UTF-8", "fr_BE", null, "fr")]
    [InlineData("fr_FR", "en_US", null, "en")]
    [InlineData("fr_FR", "fr_FR", "en", "en")]
    [InlineData("C", null, "fr", "fr")]
    [InlineData(null, null, null, "en")]
    public void The_language_follows_our_variable_then_LC_ALL_then_LANG(string? lang, string? lcAll, string? ours, string expected)
    {
        var variables = new Dictionary<string, string?> { ["LANG"] = lang, ["LC_ALL"] = lcAll, ["BACKUPONLINE_LANG"] = ours };
        Assert.Equal(expected == "fr" ? Language.French : Language.English, Speech.From(name => variables.GetValueOrDefault(name)).Language);
    }

    private static IEnumerable<string> Values(string text) => Value().Matches(text).Select(match => match.Value).Distinct().Order();

    [GeneratedRegex(@"\{\d+[^}]*\}")]
    private static partial Regex Value();
}
