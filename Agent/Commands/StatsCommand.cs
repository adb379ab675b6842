using System.CommandLine;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Statistics;

namespace BackupOnline.Agent.Commands;

internal static class StatsCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var filter = new SnapshotFlags(screen.Speech);
        var ids = new Argument<string[]>("snapshot") { Description = screen.Speech.Say(CommandSentences.SnapshotIdsArgument), Arity = ArgumentArity.ZeroOrMore };
        var modeFlag = new Option<string?>("--mode") { Description = screen.Speech.Say(StatsSentences.Mode), HelpName = "mode" };
        var command = new Command("stats", screen.Speech.Say(StatsSentences.Verb)) { ids, modeFlag };
        filter.AddTo(command);
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            var word = context.Parsed.GetValue(modeFlag) ?? "restore-size";
            var mode = ModeOf(word);
            await using var open = await OpenRepository.OpenCachedAsync(context, context.ChooseRepository(), cancellation);
            await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Reading, cancellation);
            var snapshots = await filter.SelectAsync(context.Parsed, open, screen, context.Parsed.GetValue(ids) ?? [], cancellation);
            await open.LoadReadableIndexAsync(screen, cancellation);
            var counter = new StatisticsCounter(open.Repository, mode);
            RepositoryStatistics sums;
            await using (new ProgressLoop(screen, () => new Progress { FilesDone = counter.Items }, null))
                sums = await held.GuardAsync(token => CountAsync(counter, snapshots, token));
            if (screen.Json)
                screen.Line(StatsLine.Of(sums), AgentJson.Lines.StatsLine);
            else
                Show(screen, sums, word);
            return open.CodeAfterReading(screen);
        });
        return command;
    }

    private static StatisticsMode ModeOf(string word) => word switch
    {
        "restore-size" => StatisticsMode.RestoreSize,
        "files-by-contents" => StatisticsMode.FilesByContents,
        "blobs-per-file" => StatisticsMode.BlobsPerFile,
        "raw-data" => StatisticsMode.RawData,
        _ => throw FlagText.Bad("--mode", word, StatsSentences.BadMode),
    };

    private static async Task<RepositoryStatistics> CountAsync(StatisticsCounter counter, IEnumerable<Snapshot> snapshots, CancellationToken cancellation)
    {
        foreach (var snapshot in snapshots)
            await counter.AddAsync(snapshot, cancellation);
        return counter.Sum();
    }

    private static void Show(Screen screen, RepositoryStatistics sums, string mode)
    {
        var speech = screen.Speech;
        screen.Tell(StatsSentences.Title, mode);
        screen.Result(speech.Say(StatsSentences.Snapshots, sums.Snapshots));
        if (sums.TotalBlobs > 0)
            screen.Result(speech.Say(StatsSentences.Blobs, sums.TotalBlobs));
        if (sums.TotalFiles > 0)
            screen.Result(speech.Say(StatsSentences.Files, sums.TotalFiles));
        if (sums.UncompressedBytes > 0)
            screen.Result(speech.Say(StatsSentences.Uncompressed, Quantity.Bytes((long)sums.UncompressedBytes)));
        if (sums.CompressionRatio is { } ratio)
            screen.Result(speech.Say(StatsSentences.Compression, sums.CompressionProgress, ratio, sums.CompressionSaving));
        screen.Result(speech.Say(StatsSentences.Size, Quantity.Bytes((long)sums.TotalBytes)));
    }
}
