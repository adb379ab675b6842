using BackupOnline.Rules.VirtualMachines;
using NodaTime;

namespace BackupOnline.Rules.Tests.VirtualMachines;

public sealed class VmRetryRuleTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(5, 32)]
    [InlineData(6, 60)]
    [InlineData(11, 60)]
    public void A_fault_that_may_pass_waits_twice_as_long_each_time_up_to_an_hour(int attempt, int minutes)
    {
        Assert.Equal(Duration.FromMinutes(minutes), After(VmFault.Transient, attempt, true));
        Assert.Equal(Duration.FromMinutes(minutes), After(VmFault.Busy, attempt, true));
        Assert.Equal(Duration.FromMinutes(minutes), After(VmFault.PointBroken, attempt, true));
    }

    [Fact]
    public void A_days_backup_goes_on_even_where_a_person_has_to_act_and_other_work_does_not()
    {
        Assert.Equal(Duration.FromHours(2), After(VmFault.Operator, 1, true));
        Assert.Equal(Duration.FromHours(2), After(VmFault.MachineGone, 11, true));
        Assert.Null(After(VmFault.Operator, 1, false));
        Assert.Null(After(VmFault.MachineGone, 1, false));
    }

    [Fact]
    public void It_ends_with_the_twelfth_attempt_of_a_day_and_the_third_of_other_work()
    {
        Assert.NotNull(After(VmFault.Transient, 11, true));
        Assert.Null(After(VmFault.Transient, 12, true));
        Assert.NotNull(After(VmFault.Transient, 2, false));
        Assert.Null(After(VmFault.Transient, 3, false));
        Assert.Throws<ArgumentOutOfRangeException>(() => After(VmFault.Transient, 0, true));
    }

    private static Duration? After(VmFault fault, int attempt, bool isDaysBackup) => VmRetryRule.After(fault, attempt, isDaysBackup, VmRetryPolicy.Default);
}
