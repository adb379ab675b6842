using System.CommandLine;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Filters;
using BackupOnline.Engine.Locks;
using BackupOnline.Engine.Rewriting;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Agent.Commands;

internal static class RewriteCommand
{
    /// <summary>As restic marks what it made anew beside the old one.</summary>
    private const string Tag = "rewrite";

    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var filter = new SnapshotFlags(screen.Speech);
        var rewrite = new RewriteFlags(screen.Speech);
        var ids = new Argument<string[]>("snapshot") { Description = screen.Speech.Say(CommandSentences.SnapshotIdsArgument), Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("rewrite", screen.Speech.Say(RewriteSentences.Verb)) { ids };
        rewrite.AddTo(command);
        filter.AddTo(command);
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            var parsed = context.Parsed;
            var (rules, host, time) = (rewrite.Rules(parsed, context.Surroundings.Variable), rewrite.Host(parsed), rewrite.Time(parsed));
            if (rules is null && host is null && time is null)
                throw new AgentStop(ExitCode.Fatal, RewriteSentences.NothingToDo);
            var (dryRun, forgets) = (rewrite.DryRun(parsed), rewrite.Forgets(parsed));
            await using var open = await OpenRepository.OpenAsync(context, context.ChooseRepository(), cancellation);
            await using var held = await HeldLock.TakeAsync(context, open, reading: dryRun, cancellation, forgets && !dryRun ? LockMode.Exclusive : LockMode.Shared);
            var snapshots = await filter.SelectAsync(parsed, open, screen, parsed.GetValue(ids) ?? [], cancellation);
            await open.Repository.LoadIndexAsync(onDamaged: null, cancellation);
            var lost = await open.Repository.ForgetLostPacksAsync(cancellation);
            if (lost.Blobs > 0)
                screen.Warn(RunSentences.PacksLost, lost.Packs, lost.Blobs);

            // A snapshot that is there may still need what a prune has marked; nothing new may.
            await using var marked = open.Repository.ForgetMarkedPacks() > 0 ? open.Repository.Reopened() : null;
            if (marked is not null)
                await marked.LoadIndexAsync(onDamaged: null, cancellation);
            var rewriter = new TreeRewriter(
                marked ?? open.Repository, open.Repository, rules ?? ExcludeRules.None, dryRun, path => screen.Detail(RewriteSentences.Excluded, PathText.ForScreen(path.ToString())));
            var changed = await held.GuardAsync(async token =>
            {
                var count = 0;
                foreach (var snapshot in snapshots)
                    count += await RewriteAsync(open, rewriter, snapshot, rules is not null, host, time, dryRun, forgets, screen, token) ? 1 : 0;
                return count;
            });
            screen.Tell(dryRun ? RewriteSentences.DrySummary : RewriteSentences.Summary, changed);
            return open.CodeAfterReading(screen);
        });
        return command;
    }

    private static async Task<bool> RewriteAsync(
        OpenRepository open,
        TreeRewriter rewriter,
        Snapshot snapshot,
        bool excludes,
        string? host,
        DateTimeOffset? time,
        bool dryRun,
        bool forgets,
        Screen screen,
        CancellationToken cancellation)
    {
        screen.Tell(
            RewriteSentences.Snapshot,
            snapshot.Id.ToShortString(),
            PathText.ForScreen(string.Join(", ", snapshot.Paths)),
            PathText.ForScreen(snapshot.Hostname ?? ""),
            snapshot.Time.ToLocalTime());
        var after = excludes ? await rewriter.RewriteAsync(snapshot.Tree, cancellation) : default;
        var isCut = excludes && after.Tree != snapshot.Tree;
        if (isCut && after.Items == 0)
        {
            screen.Warn(RewriteSentences.Empty, snapshot.Id.ToShortString());
            return false;
        }

        if (!isCut && host is null && time is null)
        {
            screen.Tell(RewriteSentences.Unchanged);
            return false;
        }

        if (dryRun)
        {
            screen.Tell(RewriteSentences.WouldSave);
            return true;
        }

        var saved = await open.Repository.SaveEditedSnapshotAsync(snapshot, Changed(snapshot, isCut ? after : null, host, time, addTag: !forgets), cancellation);
        screen.Tell(RewriteSentences.Saved, saved.Id.ToShortString());
        if (forgets)
        {
            await open.Repository.RemoveSnapshotAsync(snapshot.Id, cancellation);
            screen.Tell(RewriteSentences.Removed, snapshot.Id.ToShortString());
        }

        return true;
    }

    private static SnapshotEdit Changed(Snapshot snapshot, RewrittenTree? cut, string? host, DateTimeOffset? time, bool addTag)
    {
        var tags = snapshot.Tags ?? [];
        return new SnapshotEdit
        {
            IsRewrite = true,
            Tree = cut?.Tree,
            Totals = cut is { } left ? (left.Files, left.Bytes) : null,
            Hostname = host,
            Time = time,
            Tags = addTag && !tags.Contains(Tag, StringComparer.Ordinal) ? [.. tags, Tag] : null,
        };
    }
}
