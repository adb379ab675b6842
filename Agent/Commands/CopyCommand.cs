using System.CommandLine;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Copying;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Restoring;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Agent.Commands;

internal static class CopyCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var filter = new SnapshotFlags(screen.Speech);
        var source = new SourceFlags(screen.Speech);
        var ids = new Argument<string[]>("snapshot") { Description = screen.Speech.Say(CommandSentences.SnapshotIdsArgument), Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("copy", screen.Speech.Say(CopySentences.Verb)) { ids };
        source.AddTo(command);
        filter.AddTo(command);
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            await using var from = await source.OpenAsync(context, cancellation);
            await using var to = await OpenRepository.OpenAsync(context, context.ChooseRepository(), cancellation);
            await using var heldFrom = await HeldLock.TakeAsync(context, from, HeldLock.Reading, cancellation);
            await using var heldTo = await HeldLock.TakeAsync(context, to, HeldLock.Writing, cancellation);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(heldFrom.Token, heldTo.Token);

            // Snapshots before the indexes: what they need is then known.
            var wanted = await filter.SelectAsync(context.Parsed, from, screen, context.Parsed.GetValue(ids) ?? [], cancellation);
            var there = (await to.ReadableSnapshotsAsync(screen, cancellation)).SelectMany(Names).ToLookup(pair => pair.Id, pair => pair.Snapshot);
            await from.LoadReadableIndexAsync(screen, cancellation);
            await to.Repository.LoadIndexAsync(onDamaged: null, cancellation);
            var lost = await to.Repository.ForgetLostPacksAsync(cancellation);
            if (lost.Blobs > 0)
                screen.Warn(RunSentences.PacksLost, lost.Packs, lost.Blobs);
            to.Repository.ForgetMarkedPacks();

            var progress = new RestoreProgress();
            var copier = new Copier(from.Repository, to.Repository, progress);
            await using (new ProgressLoop(screen, () => RestoreReport.ForScreen(progress.Read()), null))
                await heldTo.GuardAsync(_ => heldFrom.GuardAsync(_ => CopyAsync(copier, wanted, there, screen, progress, both.Token)));
            var code = from.CodeAfterReading(screen);
            return code == ExitCode.Ok ? to.CodeAfterReading(screen) : code;
        });
        return command;
    }

    // A snapshot is found by its own id, and by the one of the snapshot that it was made from.
    private static IEnumerable<(ObjectId Id, Snapshot Snapshot)> Names(Snapshot snapshot) =>
        new[] { snapshot.Id, Copier.OriginOf(snapshot) }.Distinct().Select(id => (id, snapshot));

    private static async Task<bool> CopyAsync(
        Copier copier, IReadOnlyList<Snapshot> wanted, ILookup<ObjectId, Snapshot> there, Screen screen, RestoreProgress progress, CancellationToken cancellation)
    {
        var (copied, skipped) = (0, 0);
        foreach (var snapshot in wanted)
        {
            screen.Tell(
                CopySentences.Copying,
                snapshot.Id.ToShortString(),
                PathText.ForScreen(string.Join(", ", snapshot.Paths)),
                PathText.ForScreen(snapshot.Hostname ?? ""),
                snapshot.Time.ToLocalTime());
            if (there[Copier.OriginOf(snapshot)].FirstOrDefault(other => Copier.IsCopy(other, snapshot)) is { } known)
            {
                screen.Tell(CopySentences.Skipped, known.Id.ToShortString());
                skipped++;
                continue;
            }

            var copy = await copier.CopyAsync(snapshot, cancellation);
            screen.Tell(CopySentences.Copied, copy.Id.ToShortString());
            copied++;
        }

        screen.Tell(CopySentences.Summary, copied, skipped, Quantity.Bytes(progress.Read().BytesDone));
        return true;
    }
}
