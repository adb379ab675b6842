using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BackupOnline.Agent.Exits;

namespace BackupOnline.Agent.Repositories;

/// <summary>Connections to door and shelf: the system's authorities, or those of --cacert instead of them.</summary>
internal static class TrustedCertificates
{
    public static SocketsHttpHandler Handler(string? certificateFile)
    {
        var handler = new SocketsHttpHandler
        {
            // A credential must not follow a redirection to another place.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 16,
        };
        if (certificateFile is not null)
            handler.SslOptions.CertificateChainPolicy = PolicyOf(certificateFile);
        return handler;
    }

    /// <exception cref="AgentStop">The file cannot be used.</exception>
    public static void Examine(string certificateFile) => PolicyOf(certificateFile);

    private static X509ChainPolicy PolicyOf(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new AgentStop(ExitCode.Fatal, RepositorySentences.BadCertificateFile, file, FileReason.Of(failure));
        }

        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new AgentStop(ExitCode.Fatal, RepositorySentences.BadCertificateFile, file, "no certificate");
    }
}
