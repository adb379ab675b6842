using BackupOnline.Rules.Contracts;
using NodaTime;

namespace BackupOnline.Rules.Tests.Contracts;

public sealed class NoticeRuleTests
{
    private static readonly LocalDate End = new(2026, 4, 30);

    [Theory]
    [InlineData(1, 29, false)]
    [InlineData(1, 30, true)]
    [InlineData(3, 30, true)]
    [InlineData(3, 31, false)]
    public void A_notice_is_valid_from_three_months_to_one_month_before_the_end_both_days_included(int month, int day, bool valid)
    {
        var verdict = NoticeRule.Judge(End, [new(2026, month, day)], isProtected: true, ContractPolicy.Default);

        Assert.Equal(new NoticeVerdict(valid, !valid), verdict);
    }

    [Fact]
    public void One_notice_in_time_is_enough() =>
        Assert.True(NoticeRule.Judge(End, [new(2026, 1, 1), new(2026, 2, 1)], isProtected: true, ContractPolicy.Default).Valid);

    [Fact]
    public void A_notice_should_go_out_a_fortnight_before_its_last_day() =>
        Assert.Equal(new(2026, 3, 16), NoticeRule.DueOn(End, ContractPolicy.Default));

    [Fact]
    public void A_notice_never_falls_due_before_its_first_day() =>
        Assert.Equal(new(2026, 1, 30), NoticeRule.DueOn(End, ContractPolicy.Default with { NoticeLeadDays = 100 }));
}
