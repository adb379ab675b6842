using BackupOnline.Rules.VirtualMachines;
using NodaTime;

namespace BackupOnline.Rules.Tests.VirtualMachines;

public sealed class VmRiskRuleTests
{
    private static readonly Instant Opened = Instant.FromUtc(2026, 10, 25, 21, 0);

    private static readonly VmRiskQuestion Calm = new()
    {
        Now = Opened + Duration.FromHours(1) + Duration.Epsilon,
        OpensAt = Opened,
        IsRunning = false,
        IsGivenUp = false,
        Failures = 0,
        HostSeenAt = Opened + Duration.FromHours(1),
    };

    [Fact]
    public void For_an_hour_nothing_is_odd_nor_while_it_runs()
    {
        Assert.Null(VmRiskRule.Judge(Calm with { Now = Opened + Duration.FromHours(1), HostSeenAt = null }));
        Assert.Null(VmRiskRule.Judge(Calm with { IsRunning = true, HostSeenAt = null }));
    }

    [Fact]
    public void After_it_the_host_is_away_or_does_not_take_it_or_fails()
    {
        Assert.Equal(VmTrouble.HostAway, VmRiskRule.Judge(Calm with { HostSeenAt = null }));
        Assert.Equal(VmTrouble.HostAway, VmRiskRule.Judge(Calm with { HostSeenAt = Calm.Now - Duration.FromMinutes(10) - Duration.Epsilon }));
        Assert.Equal(VmTrouble.NotTakenUp, VmRiskRule.Judge(Calm with { HostSeenAt = Calm.Now - Duration.FromMinutes(10) }));
        Assert.Equal(VmTrouble.AttemptsFail, VmRiskRule.Judge(Calm with { Failures = 1, LastFault = VmFault.Busy }));
    }

    [Fact]
    public void What_a_person_has_to_do_is_said_at_once_and_so_are_many_failures()
    {
        var early = Calm with { Now = Opened, Failures = 1 };

        Assert.Equal(VmTrouble.OperatorNeeded, VmRiskRule.Judge(early with { LastFault = VmFault.Operator }));
        Assert.Equal(VmTrouble.MachineGone, VmRiskRule.Judge(early with { LastFault = VmFault.MachineGone }));
        Assert.Null(VmRiskRule.Judge(early with { Failures = 2, LastFault = VmFault.Transient }));
        Assert.Equal(VmTrouble.AttemptsFail, VmRiskRule.Judge(early with { Failures = 3, LastFault = VmFault.Transient }));
    }

    [Fact]
    public void A_day_that_was_given_up_says_so_and_whether_the_machine_is_gone()
    {
        Assert.Equal(VmTrouble.GivenUp, VmRiskRule.Judge(Calm with { IsGivenUp = true, LastFault = VmFault.Operator }));
        Assert.Equal(VmTrouble.MachineGone, VmRiskRule.Judge(Calm with { IsGivenUp = true, LastFault = VmFault.MachineGone }));
    }
}
