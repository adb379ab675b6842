using System.Collections.Immutable;
using System.Net;
using BackupOnline.Client.Contracts;

namespace BackupOnline.Client.Settings;

/// <summary>What the door is told by its environment: docs/operations/settings.md, decisions 13 to 15.</summary>
internal sealed record DoorSettings
{
    public const string DataVariable = "BACKUPONLINE_DATA";
    public const string HttpVariable = "BACKUPONLINE_HTTP";
    public const string DatabaseVariable = "BACKUPONLINE_DB";
    public const string CertificateVariable = "BACKUPONLINE_TLS_CERT";
    public const string KeyVariable = "BACKUPONLINE_TLS_KEY";
    public const string ProxyVariable = "BACKUPONLINE_TRUSTED_PROXY";
    public const string PaymentVariable = "BACKUPONLINE_PAYMENT_SECRET";
    public const string PaymentFileVariable = "BACKUPONLINE_PAYMENT_SECRET_FILE";
    public const string ProbeVariable = "BACKUPONLINE_PROBE";
    public const string ProbePeriodVariable = "BACKUPONLINE_PROBE_PERIOD";
    public const string ProbeTimeoutVariable = "BACKUPONLINE_PROBE_TIMEOUT";

    /// <summary>Full path of the data folder that the silos of this machine share with the door.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Where the door listens.</summary>
    public required IPEndPoint Address { get; init; }

    /// <summary>A PostgreSQL connection string, or null for the private database whose silo writes <c>run/database</c>.</summary>
    public string? Database { get; init; }

    /// <summary>The certificate to listen with, or null for plain HTTP.</summary>
    public TlsFiles? Tls { get; init; }

    /// <summary>Peers whose <c>X-Forwarded-*</c> headers are believed; when there are any, nobody else but loopback may connect.</summary>
    public ImmutableArray<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>What the payment service signs its messages with; none: its messages are not taken.</summary>
    public PaymentSecrets PaymentSecrets { get; init; } = PaymentSecrets.None;

    /// <summary>Whether this door probes the shelves for the availability owed; one door that does is enough.</summary>
    public bool Probes { get; init; } = true;

    /// <summary>One round of probes; 5 seconds to 1 minute, dividing a minute.</summary>
    public TimeSpan ProbePeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A probe that takes longer has failed; 1 to 20 seconds.</summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
