using System.Text;
using BackupOnline.Engine.Archiving;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Filters;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Tests.Archiving;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Tests.Filters;

public sealed class PatternTests
{
    private static readonly string[] Tree =
    [
        "a.txt", "b.TXT", "cache/one", "cache/sub/two", "src/cache", "src/main.c", "src/main.o", "src/deep/er/main.o", "src/deep/x.c", "[odd]", "star*", "back\\slash",
        "Ünïcode/ö", "tagged/CACHEDIR.TAG", "tagged/data", "almost/CACHEDIR.TAG", "almost/data", "nobackup/.nobackup", "nobackup/data", "nobackup/sub/data", "big", "!bang",
    ];

    private static readonly string[] Rules =
    [
        "--exclude *.txt", "--exclude *.TXT", "--iexclude *.txt", "--exclude cache", "--exclude cache/", "--exclude cache/*", "--exclude src/*.o", "--exclude src/**/*.o",
        "--exclude **/main.o", "--exclude src/**", "--exclude ROOT/src", "--exclude /src", "--exclude ROOT/*/main.?", "--exclude ROOT/**/er", "--exclude [odd]",
        "--exclude \\[odd\\]", "--exclude star\\*", "--exclude star*", "--exclude [a-c]*", "--exclude [^a-c]*", "--exclude Ünïcode", "--iexclude ünÏcode", "--exclude ?nïcode",
        "--exclude src --exclude !src/deep", "--exclude *.o --exclude !main.o", "--exclude src/* --exclude !src/cache", "--exclude \\!bang", "--exclude !bang",
        "--exclude src/./cache", "--exclude src/x/../cache", "--exclude ./cache", "--exclude-caches", "--exclude-if-present .nobackup", "--exclude-larger-than 1K",
        "--exclude-if-present CACHEDIR.TAG", "--exclude-if-present CACHEDIR.TAG:Signature --exclude-if-present .nobackup",
    ];

    [Fact]
    public async Task Rules_leave_out_what_restic_leaves_out()
    {
        using var vault = await new EngineVault().InitAsync();
        foreach (var name in Tree)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(vault.Source, name))!);
            await File.WriteAllTextAsync(
                Path.Combine(vault.Source, name), name == "tagged/CACHEDIR.TAG" ? "Signature: 8a477f597d28d172789f06886806bc55\n# cache" : name == "big" ? new string('x', 1025) : "x");
        }

        var differences = new List<string>();
        foreach (var rule in Rules)
        {
            var words = rule.Replace("ROOT", vault.Source, StringComparison.Ordinal).Split(' ');
            await StockRestic.RunAsync(vault.Repository, ["backup", "--quiet", "--force", vault.Source, .. words]);
            var byRestic = await ListAsync(vault, (await vault.LatestAsync()).Tree);
            var byUs = await BackUpAsync(vault, Parse(words));
            if (byUs != byRestic)
                differences.Add($"{rule}\n{byRestic}\n{byUs}");
        }

        Assert.Empty(differences);
    }

    [Theory]
    [InlineData("a", "/x/a/b", true)]
    [InlineData("/a", "/x/a", false)]
    [InlineData("/x", "/x/a", true)]
    [InlineData("x/b", "/x/a/b", false)]
    [InlineData("x/**/b", "/x/a/a/b", true)]
    [InlineData("x/**/b", "/x/b", true)]
    [InlineData("**", "/x", true)]
    [InlineData("*", "/", false)]
    [InlineData("/", "/x", true)]
    [InlineData("a*b*c", "/aXbXbXc", true)]
    [InlineData("a*b*c", "/aXbXbX", false)]
    [InlineData("*é?", "/xéy", true)]
    public void Patterns_match_runs_of_components(string pattern, string path, bool matches) =>
        Assert.Equal(matches, PatternList.Parse([pattern]).Matches(RawPath.FromText(path)));

    [Fact]
    public void Bytes_that_are_not_UTF_8_count_one_character_each()
    {
        var path = new RawPath([.. "/a"u8, 0xff, 0xe9, (byte)'b']);
        Assert.True(PatternList.Parse(["a??b"]).Matches(path));
        Assert.True(PatternList.Parse(["a[^x][^x]b"]).Matches(path));
        Assert.False(PatternList.Parse(["a?b"]).Matches(path));
        Assert.True(PatternList.Parse(["a*b"]).Matches(path));
    }

    [Theory]
    [InlineData("a[")]
    [InlineData("[]")]
    [InlineData("[a-]")]
    [InlineData("x\\")]
    [InlineData("ok/[b")]
    public void Malformed_patterns_are_named(string pattern) =>
        Assert.Contains(pattern, Assert.Throws<FormatException>(() => PatternList.Parse([pattern])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("/a/b", "/a", true)]
    [InlineData("/a/b", "/c", false)]
    [InlineData("b", "/c", true)]
    [InlineData("/a/**/x", "/a/q", true)]
    [InlineData("/a/**/x", "/b", false)]
    public void What_may_match_below_is_looked_into(string pattern, string folder, bool below) =>
        Assert.Equal(below, PatternList.Parse([pattern]).MatchWithBelow(RawPath.FromText(folder)).BelowMayMatch);

    private static ExcludeRules Parse(string[] words)
    {
        List<string> patterns = [], ignoringCase = [], present = [];
        long? larger = null;
        for (var i = 0; i < words.Length; i++)
        {
            switch (words[i])
            {
                case "--exclude": patterns.Add(words[++i]); break;
                case "--iexclude": ignoringCase.Add(words[++i]); break;
                case "--exclude-if-present": present.Add(words[++i]); break;
                case "--exclude-larger-than": (larger, i) = (1024, i + 1); break;
                case "--exclude-caches": present.Add("CACHEDIR.TAG:" + Encoding.UTF8.GetString(FolderTag.CacheDirectory.Header.Span)); break;
                default: throw new ArgumentException(words[i]);
            }
        }

        return new ExcludeRules
        {
            Patterns = PatternList.Parse(patterns),
            CaseInsensitivePatterns = PatternList.Parse(ignoringCase, ignoreCase: true),
            IfPresent = [.. present.Select(FolderTag.Parse)],
            LargerThanBytes = larger,
        };
    }

    /// <summary>Where restic would make a snapshot of nothing, we make none.</summary>
    private static async Task<string> BackUpAsync(EngineVault vault, ExcludeRules rules)
    {
        try
        {
            var ours = await vault.BackUpAsync(new BackupOptions { Targets = vault.Options().Targets, Host = "host", Excludes = rules, Force = true });
            return await ListAsync(vault, ours.Snapshot.Tree);
        }
        catch (NothingToBackUpException)
        {
            return "";
        }
    }

    private static Task<string> ListAsync(EngineVault vault, BlobId tree) => vault.UseAsync(async repository =>
    {
        var paths = new List<string>();
        await foreach (var item in TreeWalk.ItemsAsync(repository, tree))
            paths.Add(item.Path.ToString());
        paths.RemoveAll(path => !path.StartsWith(vault.Source, StringComparison.Ordinal));
        return string.Join(' ', paths);
    });
}
