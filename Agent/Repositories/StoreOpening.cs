using System.CommandLine;
using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Pacing;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Chunking;
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
        var (upload, download) = (LimitOf(context, context.Flags.LimitUpload), LimitOf(context, context.Flags.LimitDownload));
        if (address.Folder is { } folder)
            return upload is null && download is null ? new LocalStore(folder) : new LimitedStore(new LocalStore(folder), upload, download);
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
                Pace = PaceOf(pacer, upload),
                PaceReceiving = download is null ? null : download.WaitAsync,
                OnRetry = retry => Tell(context, retry),
            });
    }

    /// <param name="context">Flags and surroundings.</param>
    /// <param name="polynomial">For init: cut files as another repository does.</param>
    public static RepositoryOptions Options(CommandContext context, Polynomial? polynomial = null)
    {
        var packSize = context.Parsed.GetValue(context.Flags.PackSize) ?? context.Surroundings.Setting("PACK_SIZE");
        return new RepositoryOptions
        {
            Time = context.Surroundings.Time,
            ChunkerPolynomial = polynomial,
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

    // KiB per second as restic's; 0 is no limit.
    private static RateLimit? LimitOf(CommandContext context, Option<string?> flag)
    {
        const int Most = int.MaxValue >> 10;
        return context.Parsed.GetValue(flag) is { } text && text != "0"
            ? new RateLimit((long)FlagText.Number(flag.Name, text, (int)(RateLimit.LeastBytesPerSecond >> 10), Most, LimitSentences.Bad) << 10, context.Surroundings.Time)
            : null;
    }

    // Whoever is slower decides.
    private static Func<int, CancellationToken, ValueTask>? PaceOf(Pacer? pacer, RateLimit? limit)
    {
        if (pacer is null)
            return limit is null ? null : limit.WaitAsync;
        return limit is null ? pacer.WaitAsync : async (bytes, cancellation) =>
        {
            await pacer.WaitAsync(bytes, cancellation);
            await limit.WaitAsync(bytes, cancellation);
        };
    }
}
