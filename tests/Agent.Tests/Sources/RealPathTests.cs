using BackupOnline.Agent.Sources;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Sources;

public sealed class RealPathTests : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Links_in_the_way_are_followed_and_a_link_at_the_end_is_kept()
    {
        Directory.CreateDirectory(_machine.PathOf("real/inner"));
        Directory.CreateSymbolicLink(_machine.PathOf("absolute"), _machine.PathOf("real"));
        Directory.CreateSymbolicLink(_machine.PathOf("relative"), "absolute/inner");
        Assert.Equal(_machine.PathOf("real/inner/file"), RealPath.Of(_machine.PathOf("relative/file")));
        Assert.Equal(_machine.PathOf("real/inner/file"), RealPath.Of(_machine.PathOf("absolute/../absolute/inner/file")));
        Assert.Equal(_machine.PathOf("relative"), RealPath.Of(_machine.PathOf("relative") + "/"));
        Assert.Equal("/", RealPath.Of("/"));
    }

    [Fact]
    public void A_circle_of_links_ends()
    {
        Directory.CreateSymbolicLink(_machine.PathOf("one"), "two");
        Directory.CreateSymbolicLink(_machine.PathOf("two"), "one");
        Assert.EndsWith("/file", RealPath.Of(_machine.PathOf("one/file")));
    }
}
