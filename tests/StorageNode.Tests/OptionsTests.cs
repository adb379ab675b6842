using BackupOnline.StorageNode.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Tests;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("0.0.0.0:8081")]
    [InlineData("[::]:8081")]
    [InlineData("192.0.2.1:8081")]
    public async Task Off_loopback_the_shelf_refuses_to_start_without_tls(string listen)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => ShelfHost.StartAsync(options => options.Listen = listen));

        Assert.Contains($"Shelf:Listen '{listen}' is not a loopback address", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Off_loopback_a_named_proxy_will_do() =>
        Assert.True(Validate(new() { Listen = "0.0.0.0:8081", TrustedProxies = ["192.0.2.7"] }).Succeeded);

    [Fact]
    public void The_defaults_are_fine() => Assert.True(Validate(new()).Succeeded);

    [Fact]
    public void Every_fault_is_named_with_its_value_and_bound()
    {
        var result = Validate(new()
        {
            Node = "Node 1",
            Listen = "somewhere",
            Site = "",
            MaxDataBytes = 5,
            MaxConnections = 0,
            IdleBody = TimeSpan.Zero,
            MinBodyBytesPerSecond = double.NaN,
        });

        Assert.Equal(7, result.Failures!.Count());
        Assert.Contains(result.Failures!, fault => fault == "Shelf:MaxDataBytes is 5: it must be from 16777216 to 4294967296.");
    }

    [Fact]
    public void Public_addresses_and_proxies_are_checked()
    {
        var result = Validate(new() { PublicUrl = "ftp://x", TrustedProxies = ["proxy.example"], CertificatePath = "/nowhere.pfx" });

        Assert.Equal(3, result.Failures!.Count());
    }

    private static ValidateOptionsResult Validate(ShelfOptions options) => new ShelfOptionsValidator().Validate(null, options);
}
