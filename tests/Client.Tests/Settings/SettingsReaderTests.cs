using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BackupOnline.Client.Settings;

namespace BackupOnline.Client.Tests.Settings;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Nothing_set_gives_the_documented_defaults()
    {
        var settings = Read([]).Settings;

        Assert.NotNull(settings);
        Assert.Equal("127.0.0.1:8080", settings.Address.ToString());
        Assert.Equal(Path.GetFullPath("data"), settings.DataFolder);
        Assert.Null(settings.Database);
        Assert.Null(settings.Tls);
    }

    [Theory]
    [InlineData(DoorSettings.ProbeVariable, "no")]
    [InlineData(DoorSettings.ProbePeriodVariable, "7")]
    [InlineData(DoorSettings.ProbePeriodVariable, "120")]
    [InlineData(DoorSettings.ProbeTimeoutVariable, "0")]
    [InlineData(DoorSettings.ProbeTimeoutVariable, "1s")]
    public void Probing_is_set_within_its_bounds(string variable, string text)
    {
        Assert.Contains($"{variable}='{text}'", Assert.Single(Read(new() { [variable] = text }).Faults), StringComparison.Ordinal);

        var good = Read(new() { [DoorSettings.ProbeVariable] = "off", [DoorSettings.ProbePeriodVariable] = "5", [DoorSettings.ProbeTimeoutVariable] = "3" }).Settings!;
        Assert.Equal((false, 5d, 3d), (good.Probes, good.ProbePeriod.TotalSeconds, good.ProbeTimeout.TotalSeconds));
        var unset = Read([]).Settings!;
        Assert.Equal((true, 60d, 20d), (unset.Probes, unset.ProbePeriod.TotalSeconds, unset.ProbeTimeout.TotalSeconds));
    }

    [Theory]
    [InlineData("8080")]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("127.0.0.1:70000")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("example.org:8080")]
    [InlineData("127.0.0.1:")]
    public void A_wrong_address_is_refused_by_name_and_value(string text)
    {
        var fault = Assert.Single(Read(new() { [DoorSettings.HttpVariable] = text }).Faults);

        Assert.Contains(DoorSettings.HttpVariable, fault, StringComparison.Ordinal);
        Assert.Contains(text, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:9000", "127.0.0.1:9000")]
    [InlineData("[::1]:9000", "[::1]:9000")]
    [InlineData(" 127.0.0.2:9000 ", "127.0.0.2:9000")]
    public void Loopback_needs_neither_certificate_nor_proxy(string text, string address) =>
        Assert.Equal(address, Read(new() { [DoorSettings.HttpVariable] = text }).Settings?.Address.ToString());

    [Theory]
    [InlineData("0.0.0.0:8080")]
    [InlineData("[::]:8080")]
    [InlineData("192.0.2.7:8080")]
    public void Off_loopback_without_TLS_is_refused_and_says_why(string text)
    {
        var fault = Assert.Single(Read(new() { [DoorSettings.HttpVariable] = text }).Faults);

        Assert.Contains("not a loopback address", fault, StringComparison.Ordinal);
        Assert.Contains(DoorSettings.CertificateVariable, fault, StringComparison.Ordinal);
        Assert.Contains(DoorSettings.ProxyVariable, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Off_loopback_behind_a_named_proxy_is_allowed()
    {
        var settings = Read(new() { [DoorSettings.HttpVariable] = "0.0.0.0:8080", [DoorSettings.ProxyVariable] = "192.0.2.1, 198.51.100.0/24" }).Settings;

        Assert.Equal(["192.0.2.1/32", "198.51.100.0/24"], settings!.TrustedProxies.Select(network => network.ToString()));
    }

    [Theory]
    [InlineData("everybody")]
    [InlineData("0.0.0.0/0")]
    public void A_proxy_that_names_nobody_in_particular_is_refused(string text) =>
        Assert.Contains(Read(new() { [DoorSettings.ProxyVariable] = text }).Faults, fault => fault.Contains(text, StringComparison.Ordinal));

    [Fact]
    public void Off_loopback_with_a_certificate_is_allowed()
    {
        var folder = Directory.CreateTempSubdirectory("door-tls-");
        try
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=door.test", key, HashAlgorithmName.SHA256);
            using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(80));
            var (certificatePath, keyPath) = (Path.Combine(folder.FullName, "cert.pem"), Path.Combine(folder.FullName, "key.pem"));
            File.WriteAllText(certificatePath, certificate.ExportCertificatePem());
            File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());

            var settings = Read(new()
            {
                [DoorSettings.HttpVariable] = "0.0.0.0:8443",
                [DoorSettings.CertificateVariable] = certificatePath,
                [DoorSettings.KeyVariable] = keyPath,
            }).Settings;

            Assert.Equal(new TlsFiles(certificatePath, keyPath), settings?.Tls);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_certificate_without_its_key_or_that_is_none_is_refused()
    {
        Assert.Contains("belong together", Assert.Single(Read(new() { [DoorSettings.CertificateVariable] = "/nowhere/cert.pem" }).Faults), StringComparison.Ordinal);
        Assert.Contains("/nowhere/cert.pem", Assert.Single(
            Read(new() { [DoorSettings.CertificateVariable] = "/nowhere/cert.pem", [DoorSettings.KeyVariable] = "/nowhere/key.pem" }).Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Password=hunter2")]
    [InlineData("Host=x;Pasword=hunter2")]
    [InlineData("postgres://user:hunter2@host/db")]
    public void A_wrong_connection_string_is_refused_without_showing_it(string text)
    {
        var fault = Assert.Single(Read(new() { [DoorSettings.DatabaseVariable] = text }).Faults);

        Assert.Contains(DoorSettings.DatabaseVariable, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Payment_secrets_come_from_a_file_or_a_variable_but_not_from_both()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "secrets");
        File.WriteAllText(file, "the-next-secret-of-24-bytes\nwhsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n");

        Assert.Equal([27, 32], Read(new() { [DoorSettings.PaymentFileVariable] = file }).Settings!.PaymentSecrets.Keys.Select(key => key.Length));
        Assert.Single(Read(new() { [DoorSettings.PaymentVariable] = "a-secret-of-at-least-24-bytes" }).Settings!.PaymentSecrets.Keys);
        Assert.Empty(Read([]).Settings!.PaymentSecrets.Keys);
        var both = Assert.Single(Read(new() { [DoorSettings.PaymentFileVariable] = file, [DoorSettings.PaymentVariable] = "a-secret-of-at-least-24-bytes" }).Faults);
        Assert.Contains("set one", both, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_payment_secrets_that_is_missing_or_holds_no_good_one_is_refused_without_showing_it()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "secrets");
        var missing = Assert.Single(Read(new() { [DoorSettings.PaymentFileVariable] = file }).Faults);
        Assert.Contains($"{DoorSettings.PaymentFileVariable}='{file}' cannot be read", missing, StringComparison.Ordinal);

        foreach (var text in (string[])["hunter2", "", "a-secret-of-at-least-24-bytes,hunter2"])
        {
            File.WriteAllText(file, text);
            var fault = Assert.Single(Read(new() { [DoorSettings.PaymentFileVariable] = file }).Faults);
            Assert.Contains($"{DoorSettings.PaymentFileVariable} holds no usable secret", fault, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void All_faults_are_told_at_once() =>
        Assert.Equal(3, Read(new() { [DoorSettings.HttpVariable] = "x", [DoorSettings.ProxyVariable] = "y", [DoorSettings.DatabaseVariable] = "z" }).Faults.Length);

    private static SettingsReading Read(Dictionary<string, string> environment) => SettingsReader.Read(environment.GetValueOrDefault);
}
