using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BackupOnline.Grains.Interfaces.Vaults;
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
    public async Task With_a_certificate_it_serves_tls_over_http_1_and_2()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        var folder = Directory.CreateTempSubdirectory("tls-").FullName;
        var (pem, pemKey) = (Path.Combine(folder, "shelf.pem"), Path.Combine(folder, "shelf.key"));
        await File.WriteAllTextAsync(pem, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(pemKey, key.ExportPkcs8PrivateKeyPem());
        await using (var shelf = await ShelfHost.StartAsync(options => (options.CertificatePath, options.CertificateKeyPath) = (pem, pemKey)))
        {
            var user = shelf.User(CredentialScope.Append);
            var bytes = ShelfHost.Bytes(3 << 20);
            using var http = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetCertHashString() == certificate.GetCertHashString() } });
            foreach (var version in (Version[])[HttpVersion.Version11, HttpVersion.Version20])
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, $"https://127.0.0.1:{shelf.Address.Port}/acme/main/data/{ShelfHost.NameOf(bytes)}")
                {
                    Content = new ByteArrayContent(bytes),
                    Version = version,
                    VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                };
                request.Headers.Authorization = user.Header;
                using var response = await http.SendAsync(request);
                Assert.Equal((HttpStatusCode.OK, version), (response.StatusCode, response.Version));
            }
        }

        Directory.Delete(folder, recursive: true);
    }

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
