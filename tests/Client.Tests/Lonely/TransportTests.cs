using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BackupOnline.Client.Settings;

namespace BackupOnline.Client.Tests.Lonely;

public sealed class TransportTests(LonelyDoor door)
{
    [Fact]
    public async Task With_a_certificate_the_door_speaks_TLS_1_2_or_later_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=door.test", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(80));
        var files = new TlsFiles(Path.Combine(folder.Path, "cert.pem"), Path.Combine(folder.Path, "key.pem"));
        await File.WriteAllTextAsync(files.Certificate, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(files.Key, key.ExportPkcs8PrivateKeyPem());

        var address = await door.OpenAsync(settings => settings with { Tls = files });

        Assert.Equal("https", address.Scheme);
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString(HashAlgorithmName.SHA256) == certificate.GetCertHashString(HashAlgorithmName.SHA256);
        using var http = new HttpClient(handler) { BaseAddress = address };
        var answer = await http.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty(answer.Headers.GetValues("Strict-Transport-Security"));

        using var plain = new HttpClient { BaseAddress = new($"http://127.0.0.1:{address.Port}") };
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => plain.GetAsync("/health/live"));
#pragma warning disable SYSLIB0039, CA5397 // The very versions that must be refused.
        using var old = new SocketsHttpHandler();
        old.SslOptions.RemoteCertificateValidationCallback = handler.SslOptions.RemoteCertificateValidationCallback;
        old.SslOptions.EnabledSslProtocols = SslProtocols.Tls11;
#pragma warning restore SYSLIB0039, CA5397
        using var outdated = new HttpClient(old) { BaseAddress = address };
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => outdated.GetAsync("/health/live"));
    }

    [Fact]
    public async Task Behind_a_named_proxy_nobody_else_gets_a_word()
    {
        // Every address of 127.0.0.0/8 is loopback and so allowed; a stranger has to be another address of this machine.
        var own = (await Dns.GetHostAddressesAsync(Dns.GetHostName())).FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
        Assert.SkipWhen(own is null, "This machine has no address but loopback.");

        var address = await door.OpenAsync(settings => settings with { Address = new(IPAddress.Any, 0), TrustedProxies = [IPNetwork.Parse("192.0.2.1/32")] });

        using var friend = new HttpClient { BaseAddress = new($"http://127.0.0.1:{address.Port}") };
        Assert.Equal(HttpStatusCode.OK, (await friend.GetAsync("/health/live")).StatusCode);
        using var stranger = new HttpClient { BaseAddress = new($"http://{own}:{address.Port}") };
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => stranger.GetAsync("/health/live"));
    }
}
