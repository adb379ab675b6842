using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Screens;
using Microsoft.Extensions.Time.Testing;

namespace BackupOnline.Agent.Tests.Screens;

public sealed class ProgressBarTests
{
    private static readonly Progress Half = new()
    {
        FilesDone = 5,
        FilesTotal = 10,
        BytesDone = 512 << 10,
        BytesTotal = 1 << 20,
        Errors = 2,
        Current = "/home/a/very/long/path/to/some/file.txt",
    };

    [Fact]
    public void It_tells_percent_files_bytes_speed_time_left_and_errors()
    {
        var lines = new ProgressBar(new Speech(Language.English), colour: false).Lines(Half, TimeSpan.FromSeconds(65), 1024 * 64, 160);
        Assert.Equal(2, lines.Count);
        foreach (var part in new[] { "50.0%", "1:05", "5/10 files", "512.000 KiB/1.000 MiB", "64.000 KiB/s", "left 0:08", "errors 2", "####....".Trim('.') })
            Assert.Contains(part, lines[0]);
        Assert.Equal("/home/a/very/long/path/to/some/file.txt", lines[1]);
    }

    [Fact]
    public void It_speaks_French() =>
        Assert.Contains("5/10 fichiers", new ProgressBar(new Speech(Language.French), colour: false).Lines(Half, TimeSpan.Zero, 0, 160)[0]);

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(300)]
    public void No_line_is_as_wide_as_the_terminal(int width)
    {
        var wide = Half with { Current = "/данные/" + new string('漢', 200) };
        foreach (var line in new ProgressBar(new Speech(Language.French), colour: false).Lines(wide, TimeSpan.FromHours(30), 1e9, width))
            Assert.True(line.EnumerateRunes().Sum(rune => rune.Value >= 0x1100 ? 2 : 1) < Math.Max(width, 2), line);
    }

    [Fact]
    public void A_file_name_cannot_command_the_terminal()
    {
        var evil = Half with { Current = "/tmp/\u001b[2J\u0007\u202etxt.exe" };
        Assert.Equal(@"/tmp/\u001b[2J\u0007\u202etxt.exe", new ProgressBar(new Speech(Language.English), colour: false).Lines(evil, TimeSpan.Zero, 0, 120)[1]);
    }

    [Fact]
    public void Unknown_totals_promise_nothing()
    {
        var line = new ProgressBar(new Speech(Language.English), colour: false).Lines(new Progress { FilesDone = 3, BytesDone = 100 }, TimeSpan.Zero, 100, 120)[0];
        Assert.Contains("left -:--", line);
        Assert.Contains("0.0%", line);
    }

    [Fact]
    public void Speed_is_that_of_the_last_seconds()
    {
        var time = new FakeTimeProvider();
        var speed = new Speedometer(time);
        Assert.Equal(0, speed.Sample(0));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(100, speed.Sample(1000), 3);
        for (var second = 0; second < 60; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            speed.Sample(1000);
        }

        Assert.Equal(0, speed.Sample(1000), 3);
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.000 KiB")]
    [InlineData(1536 << 20, "1.500 GiB")]
    [InlineData(long.MaxValue, "8192.000 PiB")]
    public void Bytes_are_read_in_binary_units(long bytes, string text) => Assert.Equal(text, Quantity.Bytes(bytes));
}
