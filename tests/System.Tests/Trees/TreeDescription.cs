namespace BackupOnline.SystemTests.Trees;

/// <summary>A tree as text: type, mode, owner, time, size, link count, link target, content hash and attributes of each entry. Equal texts mean equal trees.</summary>
internal static class TreeDescription
{
    public static Task<string> OfAsync(string folder) =>
        Shell.RunAsync(
            """
            export LC_ALL=C
            find . -mindepth 1 \( -type d -printf '%P|%y|%m|%U:%G|%T@\0' -o -type l -printf '%P|%y|%U:%G|%T@|%l\0' -o -printf '%P|%y|%m|%U:%G|%T@|%s|%n\0' \) | sort -z | tr '\0' '\n'
            find . -type f -print0 | sort -z | xargs -0 -r sha256sum -z | tr '\0' '\n'
            find . -print0 | sort -z | xargs -0 -r getfattr -h -d -m - -e hex -- 2>/dev/null || true
            """, folder);

    /// <summary>Fails with the first lines that differ.</summary>
    public static async Task ShouldBeSameAsync(string expectedFolder, string actualFolder)
    {
        var expected = (await OfAsync(expectedFolder)).Split('\n');
        var actual = (await OfAsync(actualFolder)).Split('\n');
        var missing = expected.Except(actual).Take(10);
        var surplus = actual.Except(expected).Take(10);

        Assert.True(expected.SequenceEqual(actual),
            $"The trees differ.\nonly in {expectedFolder}:\n{string.Join('\n', missing)}\nonly in {actualFolder}:\n{string.Join('\n', surplus)}");
        Assert.True(expected.Length > 1, $"{expectedFolder} is empty: nothing was compared.");
    }
}
