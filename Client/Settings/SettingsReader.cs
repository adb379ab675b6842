using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BackupOnline.Client.Contracts;
using Npgsql;

namespace BackupOnline.Client.Settings;

/// <summary>Reads and judges the door's environment. All faults are reported at once, so that nobody has to start five times.</summary>
internal static class SettingsReader
{
    private const string DefaultData = "./data";
    private const string DefaultHttp = "127.0.0.1:8080";

    public static SettingsReading Read(Func<string, string?> variable)
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        var address = ReadAddress(Value(DoorSettings.HttpVariable) ?? DefaultHttp, faults);
        var tls = ReadTls(Value(DoorSettings.CertificateVariable), Value(DoorSettings.KeyVariable), faults);
        var proxies = ReadProxies(Value(DoorSettings.ProxyVariable), faults);
        var database = ReadDatabase(Value(DoorSettings.DatabaseVariable), faults);
        var payments = ReadPaymentSecrets(Value(DoorSettings.PaymentVariable), Value(DoorSettings.PaymentFileVariable), faults);
        var probes = ReadSwitch(DoorSettings.ProbeVariable, Value(DoorSettings.ProbeVariable), faults);
        var period = ReadSeconds(DoorSettings.ProbePeriodVariable, Value(DoorSettings.ProbePeriodVariable), 60, [5, 6, 10, 12, 15, 20, 30, 60], faults);
        var timeout = ReadSeconds(DoorSettings.ProbeTimeoutVariable, Value(DoorSettings.ProbeTimeoutVariable), 20, [.. Enumerable.Range(1, 20)], faults);

        if (address is not null && faults.Count == 0 && tls is null && proxies.IsEmpty && !IPAddress.IsLoopback(address.Address))
        {
            faults.Add(
                $"{DoorSettings.HttpVariable}={address} is not a loopback address, and without TLS everybody on the way could read keys. " +
                $"Set {DoorSettings.CertificateVariable} and {DoorSettings.KeyVariable} to PEM files, or {DoorSettings.ProxyVariable} to the address " +
                "of the proxy that ends TLS in front of the door, or listen on 127.0.0.1.");
        }

        if (faults.Count > 0)
            return SettingsReading.Bad(faults.ToImmutable());
        return SettingsReading.Good(new DoorSettings
        {
            DataFolder = Path.GetFullPath(Value(DoorSettings.DataVariable) ?? DefaultData),
            Address = address!,
            Database = database,
            Tls = tls,
            TrustedProxies = proxies,
            PaymentSecrets = payments,
            Probes = probes,
            ProbePeriod = period,
            ProbeTimeout = timeout,
        });

        string? Value(string name) => variable(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
    }

    private static IPEndPoint? ReadAddress(string text, ImmutableArray<string>.Builder faults)
    {
        var colon = text.LastIndexOf(':');
        var host = colon > 0 ? text[..colon] : "";
        var ip = host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(host.Trim('[', ']'), out var parsed) ? parsed : null;
        if (ip is not null && ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return new IPEndPoint(ip, port);
        faults.Add($"{DoorSettings.HttpVariable}='{text}' is not an address and a port. Write for example 127.0.0.1:8080 or [::1]:8080, with a port of 0 to 65535.");
        return null;
    }

    private static TlsFiles? ReadTls(string? certificate, string? key, ImmutableArray<string>.Builder faults)
    {
        if (certificate is null && key is null)
            return null;
        if (certificate is null || key is null)
        {
            faults.Add($"{DoorSettings.CertificateVariable} and {DoorSettings.KeyVariable} belong together: set both, each to a PEM file, or none.");
            return null;
        }
        try
        {
            using var loaded = X509Certificate2.CreateFromPemFile(certificate, key);
            return new TlsFiles(Path.GetFullPath(certificate), Path.GetFullPath(key));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            faults.Add(
                $"{DoorSettings.CertificateVariable}='{certificate}' and {DoorSettings.KeyVariable}='{key}' do not give a certificate with its key: {fault.Message} " +
                "Both must be readable PEM files, and the key unencrypted.");
            return null;
        }
    }

    private static ImmutableArray<IPNetwork> ReadProxies(string? text, ImmutableArray<string>.Builder faults)
    {
        var networks = ImmutableArray.CreateBuilder<IPNetwork>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(part, out var single))
                networks.Add(new IPNetwork(single, single.GetAddressBytes().Length * 8));
            else if (IPNetwork.TryParse(part, out var network) && network.PrefixLength > 0)
                networks.Add(network);
            else
                faults.Add($"{DoorSettings.ProxyVariable}: '{part}' is neither an IP address nor a network such as 10.0.0.0/24. Name the proxy itself, not everybody.");
        }
        return networks.ToImmutable();
    }

    private static bool ReadSwitch(string variable, string? text, ImmutableArray<string>.Builder faults)
    {
        if (text is null or "on")
            return true;
        if (text != "off")
            faults.Add($"{variable}='{text}' must be on or off.");
        return false;
    }

    private static TimeSpan ReadSeconds(string variable, string? text, int unset, ImmutableArray<int> allowed, ImmutableArray<string>.Builder faults)
    {
        if (text is null)
            return TimeSpan.FromSeconds(unset);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && allowed.Contains(seconds))
            return TimeSpan.FromSeconds(seconds);
        faults.Add($"{variable}='{text}' must be a number of seconds, one of: {string.Join(", ", allowed)}.");
        return TimeSpan.FromSeconds(unset);
    }

    private static string? ReadDatabase(string? text, ImmutableArray<string>.Builder faults)
    {
        if (text is null)
            return null;
        try
        {
            if (!string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(text).Host))
                return text;
            faults.Add($"{DoorSettings.DatabaseVariable} names no Host. Write for example Host=db.example;Database=backuponline;Username=backuponline;Password=...");
        }
        catch (ArgumentException fault)
        {
            // The value itself holds a password: it is never shown.
            faults.Add($"{DoorSettings.DatabaseVariable} is not a PostgreSQL connection string: {fault.Message}");
        }
        return null;
    }

    private static PaymentSecrets ReadPaymentSecrets(string? text, string? file, ImmutableArray<string>.Builder faults)
    {
        if (text is not null && file is not null)
            faults.Add($"{DoorSettings.PaymentVariable} and {DoorSettings.PaymentFileVariable} say the same thing twice: set one. The file is the better one.");
        if (file is not null)
        {
            try
            {
                text = File.ReadAllText(file);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                faults.Add($"{DoorSettings.PaymentFileVariable}='{file}' cannot be read: {fault.Message}");
                return PaymentSecrets.None;
            }
        }
        if (text is null)
            return PaymentSecrets.None;
        if (PaymentSecrets.Parse(text) is { } secrets)
            return secrets;
        // The value itself is never shown.
        faults.Add(
            $"{(file is null ? DoorSettings.PaymentVariable : DoorSettings.PaymentFileVariable)} holds no usable secret: each must be 'whsec_' and base64, or a text, of at least " +
            $"{PaymentSecrets.LeastBytes} bytes; several stand apart by commas or line ends.");
        return PaymentSecrets.None;
    }
}
