using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Tests.Answers;

public sealed class PageQueryTests
{
    private static readonly string[] All = ["a", "b", "c", "d", "e"];

    [Fact]
    public void Pages_cover_a_list_once_and_end_with_null()
    {
        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = new PageQuery { Limit = 2, After = after }.Of(All, item => item);
            seen.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(All, seen);
    }

    [Fact]
    public void A_page_that_just_fits_has_no_next() => Assert.Null(new PageQuery { Limit = 5 }.Of(All, item => item).Next);

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    [InlineData(-1)]
    public void A_limit_out_of_bounds_is_refused(int limit) => Assert.NotNull(new PageQuery { Limit = limit }.Fault());

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(null)]
    public void A_limit_within_bounds_is_taken(int? limit) => Assert.Null(new PageQuery { Limit = limit }.Fault());

    [Fact]
    public void An_unknown_cursor_gives_an_empty_page() => Assert.Empty(new PageQuery { After = "zzz" }.Of(All, item => item).Items);
}
