using BackupOnline.Rules.VirtualMachines;
using CsCheck;
using NodaTime;

namespace BackupOnline.Rules.Tests.VirtualMachines;

public sealed class VmPlanTests
{
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    [Fact]
    public void Exactly_one_due_instant_lies_in_each_civil_day_whatever_the_window_and_the_clocks()
    {
        Gen.Select(Gen.Int[0, 1439], Gen.Int[0, 1440], Gen.Int[0, 99_999], Gen.Int[0, 800]).Sample((start, length, id, days) =>
        {
            var plan = new VmPlan($"vm-day/acme/{id}", new LocalTime(start / 60, start % 60), Duration.FromMinutes(length), Paris);
            var day = new LocalDate(2026, 1, 1).PlusDays(days);

            var due = plan.DueOf(day);

            Assert.Equal(day, plan.DayOf(due));
            Assert.True(plan.DueOf(day.PlusDays(1)) > due);
        });
    }

    [Theory]
    [InlineData(3, 29, 23)]
    [InlineData(10, 25, 25)]
    [InlineData(10, 26, 24)]
    public void A_day_is_as_long_as_it_is_in_Paris(int month, int day, int hours)
    {
        var plan = new VmPlan("x", new(22, 0), Duration.Zero, Paris);
        var date = new LocalDate(2026, month, day);

        Assert.Equal(Duration.FromHours(hours), plan.EndOf(date) - plan.StartOf(date));
        Assert.Equal(date, plan.DayOf(plan.StartOf(date)));
        Assert.Equal(date.PlusDays(1), plan.DayOf(plan.EndOf(date)));
    }
}
