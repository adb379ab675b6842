using System.Xml.Linq;

namespace BackupOnline.Fleet.Tests;

/// <summary>Two months of the simulated year; <c>scripts/bench.sh fleet</c> lives through all of it.</summary>
public sealed class FleetTests
{
    [Fact]
    public void Pacing_removes_most_avoidable_breaches_blocks_nothing_and_is_in_time()
    {
        var report = FleetReport.Make(new FleetModel { Months = 2 }, [.. Variant.All.Where(variant => variant.Spread)], _ => { });
        var naive = report.Results.Single(result => result.Variant.Way == Way.AtOnce);
        var paced = report.Results.Single(result => result.Variant.Way == Way.Paced);

        Assert.True(report.AvoidableBreaches(naive) >= 10, "the demand is too light to show anything");
        Assert.True(report.Removed(paced, naive) >= 0.75, report.ToMarkdown());
        Assert.True(paced.OnTime >= 0.999 * (paced.OnTime + paced.Late), report.ToMarkdown());
        Assert.All(report.Results, result => Assert.Equal(0, result.Stuck));
        Assert.Equal("svg", XDocument.Parse(FleetPicture.Draw(report)).Root!.Name.LocalName);
    }

    [Fact]
    public void The_same_seed_is_the_same_year()
    {
        var model = new FleetModel { Tenants = 8, Months = 1, Seed = 5 };
        var variants = Variant.All.Where(variant => variant.Way == Way.Paced).ToList();

        Assert.Equal(
            FleetReport.Make(model, variants, _ => { }).Results.SelectMany(result => result.Months),
            FleetReport.Make(model, variants, _ => { }).Results.SelectMany(result => result.Months));
    }
}
