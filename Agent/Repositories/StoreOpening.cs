using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Pacing;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Agent.Repositories;

/// <summary>From flags and surroundings to the engine's stores and options.</summary>
internal static class StoreOpening
{
    /// <summary>How long a lost connection is tried again: a duration such as 30s or 2h.</summary>
    private const string RetryFor = "BACKUPONLINE_RETRY_FOR";

    /// <param name="pacer">Holds uploads back; null for verbs that send next to nothing.</param>
    public static IRepositoryStore Open(CommandContext context, RepositoryChoice choice, Pacer? pacer = null)
    {
        var address = choice.Address;
        if (address.Folder is { } folder)
            return new LocalStore(folder);
        var caFile = context.CaCertificate ?? choice.Enrolment?.CaCertificate;
        if (caFile is not null)
            TrustedCertificates.Examine(caFile);
        var defaults = new RestStoreOptions();
        var patience = context.Surroundings.Variable(RetryFor) is { Length: > 0 } text ? FlagText.Duration(RetryFor, text) : defaults.RetryFor;
        return new RestStore(
            new RestAddress(address.Url!, address.User, address.Secret),
            new RestStoreOptions
            {
                CaFile = caFile,
                RetryFor = patience,
                FirstContactRetryFor = patience < defaults.FirstContactRetryFor ? patience : defaults.FirstContactRetryFor,
                Time = context.Surroundings.Time,
                Pace = pacer is null ? null : pacer.WaitAsync,
                OnRetry = retry => Tell(context, retry),
            });
    }

    public static RepositoryOptions Options(CommandContext context)
    {
        var packSize = context.Parsed.GetValue(context.Flags.PackSize) ?? context.Surroundings.Setting("PACK_SIZE");
        return new RepositoryOptions
        {
            Time = context.Surroundings.Time,
            Compression = CompressionOf(context.Parsed.GetValue(context.Flags.Compression) ?? context.Surroundings.Setting("COMPRESSION")),
            PackSizeBytes = packSize is null ? new RepositoryOptions().PackSizeBytes : FlagText.Number("--pack-size", packSize, 4, 128, FlagSentences.BadPackSize) << 20,
            ExtraVerify = !context.Parsed.GetValue(context.Flags.NoExtraVerify),
            OnNotice = notice => context.Screen.Warn(RunSentences.EngineNotice, notice),
        };
    }

    private static Compression CompressionOf(string? text) => text switch
    {
        null or "auto" or "fastest" => Compression.Auto,
        "max" or "better" => Compression.Max,
        "off" => Compression.Off,
        _ => throw FlagText.Bad("--compression", text, FlagSentences.BadCompression),
    };

    private static void Tell(CommandContext context, StoreRetry retry) =>
        context.Screen.Warn(RunSentences.Retrying, Redacted.Text(retry.Reason), Quantity.Duration(retry.Wait));
}
