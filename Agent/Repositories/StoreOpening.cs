using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Flags;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Agent.Repositories;

/// <summary>From flags and surroundings to the engine's stores and options.</summary>
internal static class StoreOpening
{
    public static IRepositoryStore Open(CommandContext context, RepositoryChoice choice)
    {
        _ = context;
        return choice.Address.Folder is { } folder
            ? new LocalStore(folder)
            : throw new NotSupportedException();
    }

    public static RepositoryOptions Options(CommandContext context)
    {
        var packSize = context.Parsed.GetValue(context.Flags.PackSize) ?? context.Surroundings.Setting("PACK_SIZE");
        return new RepositoryOptions
        {
            Time = context.Surroundings.Time,
            Compression = CompressionOf(context.Parsed.GetValue(context.Flags.Compression) ?? context.Surroundings.Setting("COMPRESSION")),
            PackSizeBytes = packSize is null ? new RepositoryOptions().PackSizeBytes : FlagText.Number("--pack-size", packSize, 4, 128, FlagSentences.BadPackSize) << 20,
            OnNotice = notice => context.Screen.Detail(RunSentences.EngineNotice, notice),
        };
    }

    private static Compression CompressionOf(string? text) => text switch
    {
        null or "auto" or "fastest" => Compression.Auto,
        "max" or "better" => Compression.Max,
        "off" => Compression.Off,
        _ => throw FlagText.Bad("--compression", text, FlagSentences.BadCompression),
    };
}
