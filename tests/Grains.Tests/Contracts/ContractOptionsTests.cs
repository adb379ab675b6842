using BackupOnline.Grains.Contracts;

namespace BackupOnline.Grains.Tests.Contracts;

public sealed class ContractOptionsTests
{
    [Fact]
    public void The_defaults_are_the_contracts_numbers()
    {
        Assert.True(new ContractOptionsValidator().Validate(null, new()).Succeeded);
        Assert.Equal(Rules.Contracts.ContractPolicy.Default, new ContractOptions().ToPolicy());
    }

    public static IEnumerable<TheoryDataRow<string, ContractOptions>> Wrong() =>
    [
        new("TimeZone", new() { TimeZone = "Europe/Atlantis" }),
        new("TimeZone", new() { TimeZone = "" }),
        new("TriggerPercent", new() { TriggerPercent = 0 }),
        new("TriggerPercent", new() { TriggerPercent = 100 }),
        new("NoticeLeadDays", new() { NoticeLeadDays = -1 }),
        new("NoticeLeadDays", new() { NoticeLeadDays = 61 }),
        new("Version", new() { Version = "" }),
    ];

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void What_cannot_be_is_refused_by_name(string property, ContractOptions options) =>
        Assert.Contains($"ContractOptions.{property}", Assert.Single(new ContractOptionsValidator().Validate(null, options).Failures!), StringComparison.Ordinal);
}
