using System.Globalization;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Agent.Commands;

/// <summary>What forget shows a person: for each group what stays, with the reasons, and what goes.</summary>
internal sealed class ForgetReport(Screen screen, bool compact)
{
    public void Show(ForgetPlan plan)
    {
        screen.Tell(UpkeepSentences.GroupTitle, PathText.ForScreen(plan.Group.Title(screen.Speech)));
        if (plan.Keep.Count > 0)
        {
            screen.Tell(UpkeepSentences.KeepTitle, plan.Keep.Count);
            Table([.. plan.Keep.Select(kept => (kept.Snapshot, string.Join(", ", kept.Kept.Reasons.Select(reason => KeepReasonText.Of(reason, screen.Speech)))))]);
        }

        if (plan.Remove.Count > 0)
        {
            screen.Tell(UpkeepSentences.RemoveTitle, plan.Remove.Count);
            Table([.. plan.Remove.Select(snapshot => (snapshot, (string?)null))]);
        }
    }

    private void Table(List<(Snapshot Snapshot, string? Reasons)> snapshots)
    {
        var withReasons = snapshots.Exists(one => one.Reasons is not null) && !compact;
        string[] Row(string id, string time, string host, string tags, string reasons, string paths) =>
            [id, time, host, tags, .. withReasons ? [reasons] : Array.Empty<string>(), .. compact ? Array.Empty<string>() : [paths]];
        var speech = screen.Speech;
        List<string[]> rows =
        [
            Row(
                "ID",
                speech.Say(RunSentences.ColumnTime),
                speech.Say(RunSentences.ColumnHost),
                speech.Say(RunSentences.ColumnTags),
                speech.Say(UpkeepSentences.ColumnReasons),
                speech.Say(RunSentences.ColumnPaths)),
            .. snapshots.Select(one => Row(
                one.Snapshot.Id.ToShortString(),
                one.Snapshot.Time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                PathText.ForScreen(one.Snapshot.Hostname ?? ""),
                PathText.ForScreen(string.Join(',', one.Snapshot.Tags ?? [])),
                PathText.ForScreen(one.Reasons ?? ""),
                PathText.ForScreen(string.Join(", ", one.Snapshot.Paths)))),
        ];
        foreach (var line in TextTable.Lines(rows))
            screen.Tell(RunSentences.EngineNotice, line);
    }
}
