using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Tests.Files;

public sealed class RawPathTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("", ".")]
    [InlineData(".", ".")]
    [InlineData("//a///b/", "/a/b")]
    [InlineData("a/./b/../c", "a/c")]
    [InlineData("/..", "/")]
    [InlineData("/../a/..", "/")]
    [InlineData("../../a", "../../a")]
    [InlineData("a/../..", "..")]
    public void Cleaning_gives_the_shortest_equal_path(string path, string clean) => Assert.Equal(clean, RawPath.FromText(path).Clean().ToString());

    [Theory]
    [InlineData("/a/b", "/a", "b")]
    [InlineData("/a", "/", "a")]
    [InlineData("a", ".", "a")]
    [InlineData("a/b", "a", "b")]
    public void A_path_is_its_parent_and_its_name(string path, string parent, string name) =>
        Assert.Equal((parent, name), (RawPath.FromText(path).Parent.ToString(), RawPath.FromText(path).FileName.ToString()));

    [Fact]
    public void Bytes_are_kept_and_ordered_as_bytes()
    {
        var name = new RawPath([0xff, 0x80]);
        Assert.Equal([0xff, 0x80], name.Bytes.ToArray());
        Assert.True(RawPath.FromText("é") < name);
        Assert.True(RawPath.FromText("a") > RawPath.FromText("B"));
        Assert.Equal([(byte)'/', 0xff, 0x80], RawPath.Root.Join(name).Bytes.ToArray());
        Assert.Equal(name, new RawPath([0xff, 0x80]));
        Assert.Throws<ArgumentException>(() => new RawPath([1, 0]));
    }

    [Fact]
    public void System_calls_get_the_bytes_and_a_NUL_however_a_path_was_made()
    {
        var name = RawPath.FromText("name");
        RawPath[] paths =
        [
            default, RawPath.Root, name, new RawPath("bytes"u8), RawPath.Root.Join(name), RawPath.Root.Join(default), name.Join(name), name.Join(default),
            RawPath.FromText("/a//./b/../c").Clean(), RawPath.FromText("/a/b").FileName, RawPath.FromText("/a/b").Parent, .. RawPath.FromText("/a/b").Components(),
        ];
        Assert.All(paths, path => Assert.Equal([.. path.Bytes, 0], path.NullTerminated.ToArray()));
    }
}
