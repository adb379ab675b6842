using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Tests.Files;

public sealed class ConfinedFolderTests
{
    [Fact]
    public void A_file_is_made_by_its_path_with_what_the_mask_leaves_of_its_permissions()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["in/deep/er"]);
        using var confined = ConfinedFolder.OpenOrCreate(RawPath.FromText(folder["in"]));
        using (var file = confined.TryCreateFile(RawPath.FromText("deep/er/file"), 0x180 | 0xe00))
        {
            Assert.NotNull(file);
            TargetFiles.Write(file, "content"u8, 0);
        }

        Assert.Equal("content", File.ReadAllText(folder["in/deep/er/file"]));
        Assert.Equal(0x180u, LocalFiles.Status(RawPath.FromText(folder["in/deep/er/file"])).Mode.UnixPermissions);
    }

    [Theory]
    [InlineData("there", "it exists")]
    [InlineData("link", "a symlink stands there, to nothing")]
    [InlineData("way/file", "a symlink is on the way")]
    [InlineData("../out/file", "it leads out")]
    [InlineData("missing/file", "its folder is missing")]
    public void No_file_is_made_where(string path, string why)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["in"]);
        Directory.CreateDirectory(folder["out"]);
        File.WriteAllText(folder["in/there"], "old");
        File.CreateSymbolicLink(folder["in/link"], folder["out/file"]);
        Directory.CreateSymbolicLink(folder["in/way"], folder["out"]);
        using var confined = ConfinedFolder.OpenOrCreate(RawPath.FromText(folder["in"]));

        using var file = confined.TryCreateFile(RawPath.FromText(path), 0x180);

        Assert.True(file is null, why);
        Assert.Empty(Directory.GetFileSystemEntries(folder["out"]));
        Assert.Equal("old", File.ReadAllText(folder["in/there"]));
    }
}
