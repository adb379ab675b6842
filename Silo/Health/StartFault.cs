using System.Net.Sockets;
using BackupOnline.Persistence.Connections;
using BackupOnline.Silo.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Npgsql;

namespace BackupOnline.Silo.Health;

/// <summary>What a start that failed says on the terminal: one sentence, what to do, no stack trace.</summary>
internal static class StartFault
{
    public static string Explain(Exception fault, SiloSettings? settings) => fault switch
    {
        SettingsException or DatabaseRefusedException => fault.Message,
        OptionsValidationException wrong => InOurWords(string.Join(Environment.NewLine, wrong.Failures)),
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            "The database refuses the user or password of BACKUPONLINE_DB.",
        PostgresException refused => $"The database refused: {refused.MessageText} ({refused.SqlState}).",
        NpgsqlException => "The database does not answer: check BACKUPONLINE_DB and that PostgreSQL runs there.",
        _ when Find<AddressInUseException>(fault) is not null =>
            $"The address {settings?.Storage} is in use: stop what uses it, or set BACKUPONLINE_STORAGE to another one.",
        _ when Find<SocketException>(fault) is { } socket => $"A network address cannot be used ({socket.SocketErrorCode}): check BACKUPONLINE_STORAGE ({settings?.Storage}).",
        UnauthorizedAccessException => $"{fault.Message} Run the silo as the user that owns {settings?.DataFolder}, or set BACKUPONLINE_DATA.",
        IOException => $"{fault.Message} Check the data folder {settings?.DataFolder}.",
        _ => $"The silo could not start: {fault.GetType().Name}: {fault.Message}" + (settings is null ? "" : $" The details are in {settings.Logs}."),
    };

    // Options under the names by which they are set here.
    private static string InOurWords(string text) => text
        .Replace("Shelf:CertificatePath", "BACKUPONLINE_TLS_CERT", StringComparison.Ordinal)
        .Replace("Shelf:CertificateKeyPath", "BACKUPONLINE_TLS_KEY", StringComparison.Ordinal)
        .Replace("Shelf:TrustedProxies", "BACKUPONLINE_TRUSTED_PROXY", StringComparison.Ordinal)
        .Replace("Shelf:PublicUrl", "BACKUPONLINE_STORAGE_URL", StringComparison.Ordinal)
        .Replace("Shelf:Listen", "BACKUPONLINE_STORAGE", StringComparison.Ordinal)
        .Replace("Shelf:Site", "BACKUPONLINE_SITE", StringComparison.Ordinal)
        .Replace("ContractOptions.", "Contract__", StringComparison.Ordinal);

    private static T? Find<T>(Exception fault)
        where T : Exception
    {
        for (var e = fault; e is not null; e = e.InnerException)
        {
            if (e is T found)
                return found;
        }

        return null;
    }
}
