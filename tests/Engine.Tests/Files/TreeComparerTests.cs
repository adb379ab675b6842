using BackupOnline.Engine.Files;
using BackupOnline.Engine.Tests.Archiving;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Tests.Files;

/// <summary>The comparer judges restores, so it is judged itself: each kind of difference must show.</summary>
public sealed class TreeComparerTests
{
    [Theory]
    [InlineData("rm 'b/one byte'", "missing on the right")]
    [InlineData("touch -d @5 'b/one byte'", "modified")]
    [InlineData("chmod 640 'b/one byte'", "mode")]
    [InlineData("printf y > 'b/one byte'; touch -r 'a/one byte' 'b/one byte'", "content at byte 0")]
    [InlineData("printf xx > 'b/one byte'; touch -r 'a/one byte' 'b/one byte'", "size and links")]
    [InlineData("ln -snf elsewhere b/links/dangling; touch -h -r a/links/dangling b/links/dangling", "target")]
    [InlineData("cp -p 'b/other links/hard c' b/x; mv b/x 'b/other links/hard c'; touch -r 'a/other links' 'b/other links'; touch -r a b", "linked with")]
    [InlineData("rm b/fifo; mkdir b/fifo; touch -r a b", "mode")]
    [InlineData("touch b/more; touch -r a b", "only on the right")]
    public async Task Each_difference_is_listed(string change, string difference)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["a"]);
        OddTree.Create(folder["a"]);
        await Shell.RunAsync($"cd '{folder.Path}' && cp -a a b");
        Assert.Empty(new TreeComparer().Compare(folder["a"], folder["b"]));

        await Shell.RunAsync($"cd '{folder.Path}' && {change}");

        Assert.Contains(new TreeComparer().Compare(folder["a"], folder["b"]), line => line.Contains(difference, StringComparison.Ordinal));
    }

    [Fact]
    public void A_changed_attribute_is_listed()
    {
        using var folder = new TempFolder();
        foreach (var (name, value) in new[] { ("a", "1"), ("b", "2") })
        {
            Directory.CreateDirectory(folder[$"{name}/x"]);
            using var handle = LocalFiles.OpenFolder(RawPath.FromText(folder[name]));
            ExtendedAttributes.Write(handle, RawPath.FromText("x"), new ExtendedAttribute("user.a", System.Text.Encoding.UTF8.GetBytes(value)));
            TargetFiles.SetTimes(handle, RawPath.FromText("x"), default, default);
        }

        Assert.Equal("x: attributes user.a=31 | user.a=32", Assert.Single(new TreeComparer { CompareRoots = false }.Compare(folder["a"], folder["b"])));
    }
}
