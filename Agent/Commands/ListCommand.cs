using System.CommandLine;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Agent.Commands;

internal static class ListCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var kind = new Argument<string>("kind") { Description = screen.Speech.Say(ListSentences.Kind) };
        var command = new Command("list", screen.Speech.Say(ListSentences.Verb)) { kind };
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            var what = context.Parsed.GetRequiredValue(kind);
            ObjectKind? objects = what switch
            {
                "packs" or "data" => ObjectKind.Data,
                "index" => ObjectKind.Index,
                "snapshots" => ObjectKind.Snapshot,
                "keys" => ObjectKind.Key,
                "locks" => ObjectKind.Lock,
                "blobs" => null,
                _ => throw new AgentStop(ExitCode.Fatal, ListSentences.BadKind, what),
            };
            await using var open = await OpenRepository.OpenAsync(context, context.ChooseRepository(), cancellation);

            // A list of locks must not show one of its own.
            await using var held = objects == ObjectKind.Lock ? null : await HeldLock.TakeAsync(context, open, HeldLock.Reading, cancellation);
            if (objects is { } listed)
            {
                await foreach (var stored in open.Store.ListAsync(listed, cancellation))
                    screen.Result(stored.Name.Name);
                return ExitCode.Ok;
            }

            await open.LoadReadableIndexAsync(screen, cancellation);
            foreach (var blob in open.Repository.Index.Entries())
                screen.Result($"{(blob.Type == BlobType.Tree ? "tree" : "data")} {blob.Id}");
            return open.CodeAfterReading(screen);
        });
        return command;
    }
}
