using System.Globalization;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Mounting;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Engine.Tests.Mounting;

/// <summary>Where snapshots stand in a mount.</summary>
public sealed class MountPlacesTests
{
    [Fact]
    public void Restics_four_views_are_the_default()
    {
        var places = MountPlaces.Of([At("2026-01-02T03:04:05Z", host: "web", tags: ["daily", "kept"]), At("2026-01-03T03:04:05+02:00", host: "db")], new MountOptions());

        Assert.Equal(["hosts", "ids", "snapshots", "tags"], Names(places, ""));
        Assert.Equal(["2026-01-02T03:04:05Z", "2026-01-03T03:04:05+02:00", "latest"], Names(places, "snapshots"));
        Assert.Equal("2026-01-03T03:04:05+02:00", places.In("snapshots")!["latest"].Link);
        Assert.Equal(["db", "web"], Names(places, "hosts"));
        Assert.Equal("2026-01-02T03:04:05Z", places.In("hosts/web")!["latest"].Link);
        Assert.Equal(["daily", "kept"], Names(places, "tags"));
        Assert.Equal(2, places.In("ids")!.Count);
        Assert.DoesNotContain("latest", Names(places, "ids"));
        Assert.Null(places.In("hosts/mail"));
    }

    [Fact]
    public void Folders_are_there_without_a_snapshot() =>
        Assert.Equal(["hosts", "ids", "snapshots", "tags"], Names(MountPlaces.Of([], new MountOptions()), ""));

    [Fact]
    public void Snapshots_of_one_second_are_numbered_and_latest_is_the_last()
    {
        var places = MountPlaces.Of([At("2026-01-02T03:04:05Z"), At("2026-01-02T03:04:05Z"), At("2026-01-02T03:04:05Z")], new MountOptions { PathTemplates = ["%T"] });
        Assert.Equal(["2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z-1", "2026-01-02T03:04:05Z-2", "latest"], Names(places, ""));
        Assert.Equal("2026-01-02T03:04:05Z-2", places.In("")!["latest"].Link);
    }

    [Theory]
    [InlineData("a/b", "a_b")]
    [InlineData("..", "_")]
    [InlineData(".", "_")]
    [InlineData("", "_")]
    [InlineData("nul\0byte", "nul_byte")]
    public void What_somebody_wrote_into_a_snapshot_is_one_name_of_a_folder(string host, string name) =>
        Assert.Equal([name], Names(MountPlaces.Of([At("2026-01-02T03:04:05Z", host)], new MountOptions { PathTemplates = ["%h/%i"] }), ""));

    [Fact]
    public void Long_names_are_cut_to_what_a_folder_can_hold() =>
        Assert.Equal(254, System.Text.Encoding.UTF8.GetByteCount(Names(MountPlaces.Of([At("2026-01-02T03:04:05Z", new string('é', 300))], new MountOptions { PathTemplates = ["%h"] }), "")[0]));

    [Fact]
    public void A_snapshot_stands_once_below_a_tag_that_it_has_twice() =>
        Assert.Single(Names(MountPlaces.Of([At("2026-01-02T03:04:05Z", tags: ["a", "a"])], new MountOptions { PathTemplates = ["%t/%i"] }), "a"));

    [Fact]
    public void A_template_never_leads_out_of_the_mount() =>
        Assert.Equal(["_"], Names(MountPlaces.Of([], new MountOptions { PathTemplates = ["../%i"] }), ""));

    [Fact]
    public void A_snapshot_is_not_a_folder_for_others()
    {
        var places = MountPlaces.Of([At("2026-01-02T03:04:05Z", "web")], new MountOptions { PathTemplates = ["%h", "%h/%i"] });
        Assert.NotNull(places.In("")!["web"].Snapshot);
        Assert.Single(Names(places, "web-1"));
    }

    [Theory]
    [InlineData("%i/%I/%u/%h/%t/%T/%%", true)]
    [InlineData("", true)]
    [InlineData("100%", false)]
    [InlineData("%x", false)]
    [InlineData("%%%", false)]
    public void A_template_has_letters_that_mean_something(string template, bool isGood) => Assert.Equal(isGood, MountOptions.IsTemplate(template));

    [Theory]
    [InlineData("2006-01-02T15:04:05Z07:00", "2026-07-09T18:05:06+02:00")]
    [InlineData("2006-01-02_15-04-05", "2026-07-09_18-05-06")]
    [InlineData("Mon Jan _2 3:04PM 06 -0700", "Thu Jul  9 6:05PM 26 +0200")]
    [InlineData("Monday, 2 January, day 002", "Thursday, 9 July, day 190")]
    [InlineData("15h04", "18h05")]
    public void Times_are_written_as_a_layout_of_Go_says(string layout, string expected) =>
        Assert.Equal(expected, GoTimeLayout.Format(layout, DateTimeOffset.Parse("2026-07-09T18:05:06+02:00", CultureInfo.InvariantCulture)));

    private static List<string> Names(MountPlaces places, string folder) => [.. places.In(folder)!.Keys];

    private static Snapshot At(string time, string host = "host", IReadOnlyList<string>? tags = null) => new()
    {
        Id = ObjectId.Of(Guid.NewGuid().ToByteArray()),
        Time = DateTimeOffset.Parse(time, CultureInfo.InvariantCulture),
        Tree = BlobId.Of("tree"u8),
        Paths = ["/"],
        Hostname = host,
        Username = "root",
        Tags = tags,
    };
}
