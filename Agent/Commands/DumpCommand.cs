using System.CommandLine;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Dumping;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Restoring;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Agent.Commands;

internal static class DumpCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var filter = new SnapshotFlags(screen.Speech);
        var snapshot = new Argument<string>("snapshot") { Description = screen.Speech.Say(CommandSentences.SnapshotArgument) };
        var path = new Argument<string>("path") { Description = screen.Speech.Say(DumpSentences.PathArgument) };
        var archive = new Option<string?>("--archive", "-a") { Description = screen.Speech.Say(DumpSentences.Archive), HelpName = "tar|zip" };
        var target = new Option<string?>("--target", "-t") { Description = screen.Speech.Say(DumpSentences.Target), HelpName = "file" };
        var command = new Command("dump", screen.Speech.Say(DumpSentences.Verb)) { snapshot, path, archive, target };
        filter.AddTo(command);
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            var format = FormatOf(context.Parsed.GetValue(archive));
            await using var open = await OpenRepository.OpenCachedAsync(context, context.ChooseRepository(), cancellation);
            await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Reading, cancellation);
            var (id, folder) = SnapshotFolder.Split(context.Parsed.GetRequiredValue(snapshot));
            var found = await filter.FindAsync(context.Parsed, open.Repository, id, cancellation);
            await open.LoadReadableIndexAsync(screen, cancellation);
            var root = await SnapshotFolder.TreeAsync(open.Repository, found, folder, cancellation);
            var wanted = RawPath.FromText(context.Parsed.GetRequiredValue(path)).MakeAbsolute(RawPath.Root);
            var node = wanted == RawPath.Root ? null : await TreePath.FindAsync(open.Repository, root, wanted, cancellation)
                ?? throw new AgentStop(ExitCode.Fatal, DumpSentences.NotThere, PathText.ForScreen(wanted.ToString()), found.Id.ToString()[..8]);
            var result = await held.GuardAsync(token => DumpAsync(open, node, node is null ? root : node.Subtree, wanted, format, context.Parsed.GetValue(target), screen, token));
            if (result.InexactNames > 0)
                screen.Warn(DumpSentences.Inexact, result.InexactNames);
            return open.CodeAfterReading(screen);
        });
        return command;
    }

    private static ArchiveFormat FormatOf(string? text) => text switch
    {
        null or "tar" => ArchiveFormat.Tar,
        "zip" => ArchiveFormat.Zip,
        _ => throw FlagText.Bad("--archive", text, DumpSentences.BadArchive),
    };

    private static async Task<DumpResult> DumpAsync(
        OpenRepository open, TreeNode? node, BlobId? tree, RawPath path, ArchiveFormat format, string? target, Screen screen, CancellationToken cancellation)
    {
        if (tree is null && node is not { Type: NodeType.File })
            throw new AgentStop(ExitCode.Fatal, DumpSentences.NotDumpable, PathText.ForScreen(path.ToString()));
        if (target is null && tree is not null && screen.Surroundings.Terminal)
            throw new AgentStop(ExitCode.Fatal, DumpSentences.ToTerminal);
        var progress = new RestoreProgress();
        try
        {
            await using var output = target is null ? Screen.OpenOutput() : new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);

            // The bar is drawn on standard output: only when the result goes elsewhere.
            await using var bar = target is null ? null : new ProgressLoop(screen, () => RestoreReport.ForScreen(progress.Read()), null);
            return tree is { } folder
                ? await Dumper.DumpFolderAsync(open.Repository, folder, path, format, output, progress, cancellation)
                : await Dumper.DumpFileAsync(open.Repository, node!, output, progress, cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AgentStop(ExitCode.Fatal, DumpSentences.CannotWrite, target ?? (object)DumpSentences.StandardOutput, FileReason.Of(failure));
        }
    }
}
