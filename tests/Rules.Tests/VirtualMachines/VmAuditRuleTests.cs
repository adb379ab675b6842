using BackupOnline.Rules.VirtualMachines;
using NodaTime;

namespace BackupOnline.Rules.Tests.VirtualMachines;

public sealed class VmAuditRuleTests
{
    private static readonly Instant Monday = Instant.FromUtc(2026, 10, 26, 4, 0);

    [Fact]
    public void The_disk_that_was_never_audited_comes_first_then_the_one_whose_audit_is_oldest()
    {
        Assert.Null(VmAuditRule.Next([]));
        Assert.Equal("b", VmAuditRule.Next([new("c", Monday), new("b", null), new("d", null)]));
        Assert.Equal("c", VmAuditRule.Next([new("a", Monday + Duration.Epsilon), new("c", Monday)]));
        Assert.Equal("a", VmAuditRule.Next([new("c", Monday), new("a", Monday)]));
    }

    [Fact]
    public void A_disk_that_was_read_whole_needs_no_reason_any_more()
    {
        var reasons = new Dictionary<string, string> { ["a"] = "audit", ["b"] = "audit" };

        var left = VmAuditRule.ReasonsAfter(reasons, new HashSet<string> { "a", "x" });

        Assert.Equal([new("b", "audit")], left);
    }
}
