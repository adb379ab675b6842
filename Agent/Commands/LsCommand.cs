using System.CommandLine;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Agent.Commands;

internal static class LsCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var filter = new SnapshotFlags(screen.Speech);
        var snapshot = new Argument<string>("snapshot") { Description = screen.Speech.Say(CommandSentences.SnapshotArgument) };
        var folders = new Argument<string[]>("path") { Description = screen.Speech.Say(CommandSentences.LsPathArgument), Arity = ArgumentArity.ZeroOrMore };
        var details = new Option<bool>("--long", "-l") { Description = screen.Speech.Say(RunSentences.Long) };
        var recursive = new Option<bool>("--recursive") { Description = screen.Speech.Say(RunSentences.Recursive) };
        var command = new Command("ls", screen.Speech.Say(CommandSentences.Ls)) { snapshot, folders, details, recursive };
        filter.AddTo(command);
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            await using var open = await OpenRepository.OpenCachedAsync(context, context.ChooseRepository(), cancellation);
            await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Reading, cancellation);
            var (id, folder) = SnapshotFolder.Split(context.Parsed.GetRequiredValue(snapshot));
            var found = await filter.FindAsync(context.Parsed, open.Repository, id, cancellation);
            await open.LoadReadableIndexAsync(context.Screen, cancellation);
            var root = await SnapshotFolder.TreeAsync(open.Repository, found, folder, cancellation);
            var wanted = (context.Parsed.GetValue(folders) ?? []).Select(path => RawPath.FromText(path).MakeAbsolute(RawPath.Root)).ToList();
            if (context.Screen.Json)
                context.Screen.Line(SnapshotLine.Of(found) with { MessageType = "snapshot", StructType = "snapshot" }, AgentJson.Lines.SnapshotLine);
            else
                context.Screen.Tell(RunSentences.SnapshotOf, found.Id.ToString()[..8], PathText.ForScreen(string.Join(", ", found.Paths)), PathText.ForScreen(found.Hostname ?? ""), found.Time.ToLocalTime());
            var isDeep = context.Parsed.GetValue(recursive);
            var items = TreeWalk.ItemsAsync(
                open.Repository,
                root,
                item => wanted.Count == 0 || wanted.Exists(path => IsAtOrBelow(path, item.Path) || (isDeep && IsAtOrBelow(item.Path, path))),
                cancellation);
            await foreach (var item in items)
            {
                if (wanted.Count == 0 || wanted.Exists(path => IsAtOrBelow(item.Path, path)))
                    Show(context.Screen, item, context.Parsed.GetValue(details));
            }

            return open.CodeAfterReading(screen);
        });
        return command;
    }

    private static bool IsAtOrBelow(RawPath path, RawPath folder) =>
        path.Bytes.StartsWith(folder.Bytes)
        && (path.Length == folder.Length || folder.Bytes[^1] == (byte)'/' || path.Bytes[folder.Length] == (byte)'/');

    private static void Show(Screen screen, TreeItem item, bool details)
    {
        if (screen.Json)
        {
            screen.Line(NodeLine.Of(item), AgentJson.Lines.NodeLine);
            return;
        }

        screen.Result(NodeText.Of(item, details));
    }
}
