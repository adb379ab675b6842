using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;

namespace BackupOnline.Agent.Tests.Flags;

public sealed class FlagTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("30s", 30)]
    [InlineData("5m", 300)]
    [InlineData("1h30m", 5400)]
    [InlineData("1.5h", 5400)]
    [InlineData("500ms", 0.5)]
    public void Durations_are_written_as_Go_writes_them(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), FlagText.Duration("--retry-lock", text));

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("m")]
    [InlineData("-5m")]
    [InlineData("5m1h")]
    [InlineData("99999999h")]
    public void What_is_no_duration_is_refused(string text) =>
        Assert.Equal(ExitCode.Fatal, Assert.Throws<AgentStop>(() => FlagText.Duration("--retry-lock", text)).Code);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("100", 100)]
    [InlineData("2k", 2048)]
    [InlineData("3M", 3 << 20)]
    [InlineData("1G", 1L << 30)]
    [InlineData("1t", 1L << 40)]
    [InlineData("10MB", 10 << 20)]
    public void Sizes_take_binary_units(string text, long bytes) => Assert.Equal(bytes, FlagText.Size("--exclude-larger-than", text));

    [Theory]
    [InlineData("")]
    [InlineData("k")]
    [InlineData("-1")]
    [InlineData("1.5M")]
    [InlineData("99999999999T")]
    public void What_is_no_size_is_refused(string text) =>
        Assert.Equal(ExitCode.Fatal, Assert.Throws<AgentStop>(() => FlagText.Size("--exclude-larger-than", text)).Code);

    [Theory]
    [InlineData("2026-01-31 23:59:00")]
    [InlineData("2026-01-31 23:59")]
    [InlineData("2026-01-31")]
    public void Times_are_local(string text) =>
        Assert.Equal(new DateTime(2026, 1, 31), FlagText.Time("--time", text).LocalDateTime.Date);

    [Fact]
    public void A_verbose_level_is_the_flag_that_often() =>
        Assert.Equal(["--verbose", "--verbose", "x", "--", "--verbose=2"], Verbose.Spread(["--verbose=2", "x", "--", "--verbose=2"]));
}
