using System.CommandLine;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Locks;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Agent.Commands;

/// <summary>A snapshot with other tags is a new snapshot: it is written first, then the old one is removed.</summary>
internal static class TagCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var filter = new SnapshotFlags(screen.Speech);
        var change = new TagFlags(screen.Speech);
        var ids = new Argument<string[]>("id") { Description = screen.Speech.Say(CommandSentences.SnapshotIdsArgument), Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("tag", screen.Speech.Say(UpkeepSentences.Tag)) { ids };
        change.AddTo(command);
        filter.AddTo(command);
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            change.Check(context.Parsed);
            await using var open = await OpenRepository.OpenAsync(context, context.ChooseRepository(), cancellation);
            await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Writing, cancellation, LockMode.Exclusive);
            return await held.GuardAsync(async token =>
            {
                var chosen = await ChooseAsync(context, filter, context.Parsed.GetValue(ids) ?? [], open.Repository, token);
                return await ChangeAsync(context, change, chosen, open.Repository, token);
            });
        });
        return command;
    }

    private static async Task<IReadOnlyList<Snapshot>> ChooseAsync(
        CommandContext context, SnapshotFlags filter, string[] ids, Repository repository, CancellationToken cancellation)
    {
        if (ids.Length == 0)
            return [.. (await repository.SnapshotsAsync(null, cancellation)).Where(snapshot => filter.Matches(context.Parsed, snapshot))];
        var named = new List<Snapshot>();
        foreach (var id in ids)
            named.Add(await filter.FindAsync(context.Parsed, repository, id, cancellation));
        return [.. named.DistinctBy(snapshot => snapshot.Id)];
    }

    private static async Task<int> ChangeAsync(
        CommandContext context, TagFlags change, IReadOnlyList<Snapshot> snapshots, Repository repository, CancellationToken cancellation)
    {
        var screen = context.Screen;
        var changed = 0;
        foreach (var snapshot in snapshots)
        {
            var before = snapshot.Tags ?? [];
            var after = change.Apply(context.Parsed, before);
            if (after.SequenceEqual(before, StringComparer.Ordinal))
                continue;
            var edited = await repository.SaveEditedSnapshotAsync(snapshot, new SnapshotEdit { Tags = after }, cancellation);
            await repository.RemoveSnapshotAsync(snapshot.Id, cancellation);
            changed++;
            if (screen.Json)
                screen.Line(new TagChangedLine(snapshot.Id.ToString(), edited.Id.ToString()), AgentJson.Lines.TagChangedLine);
            screen.Detail(UpkeepSentences.TagChanged, snapshot.Id.ToShortString(), edited.Id.ToShortString());
        }

        if (screen.Json)
            screen.Line(new TagSummaryLine(changed), AgentJson.Lines.TagSummaryLine);
        screen.Tell(UpkeepSentences.TagsChanged, changed);
        return ExitCode.Ok;
    }
}
