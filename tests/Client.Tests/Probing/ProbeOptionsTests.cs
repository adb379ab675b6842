using BackupOnline.Client.Probing;

namespace BackupOnline.Client.Tests.Probing;

public sealed class ProbeOptionsTests
{
    [Fact]
    public void The_defaults_are_good() => Assert.True(new ProbeOptionsValidator().Validate(null, new()).Succeeded);

    [Theory]
    [InlineData("Name")]
    [InlineData("Period")]
    [InlineData("Timeout")]
    [InlineData("MostAtOnce")]
    [InlineData("MostPerNode")]
    [InlineData("MostWaiting")]
    public void What_is_out_of_bounds_is_refused_by_name(string property)
    {
        var options = new ProbeOptions();
        _ = property switch
        {
            "Name" => options.Name = "A door",
            "Period" => (options.Period = TimeSpan.FromSeconds(7)).ToString(),
            "Timeout" => (options.Timeout = TimeSpan.FromSeconds(21)).ToString(),
            "MostAtOnce" => $"{options.MostAtOnce = 0}",
            "MostPerNode" => $"{options.MostPerNode = 1025}",
            _ => $"{options.MostWaiting = 1}",
        };

        Assert.Contains($"ProbeOptions.{property}", Assert.Single(new ProbeOptionsValidator().Validate(null, options).Failures!), StringComparison.Ordinal);
    }
}
