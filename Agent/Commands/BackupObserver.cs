using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Archiving;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Agent.Commands;

/// <summary>Says at once what a backup finds: errors and notices always, every item with -vv, new and changed ones with -v.</summary>
internal sealed class BackupObserver(Screen screen) : IBackupObserver
{
    public void Failed(ItemError error) => screen.ItemFailed("archival", error.Path.ToString(), error.Reason);

    public void Noticed(ItemError notice) => screen.Warn(RunSentences.Notice, PathText.ForScreen(notice.Path.ToString()), PathText.ForScreen(notice.Reason));

    public void Lost(LostPacks lost) => screen.Warn(RunSentences.PacksLost, lost.Packs, lost.Blobs);

    public void Archived(ArchivedItem item)
    {
        if (screen.Verbosity < (item.Change == ItemChange.Unmodified ? 2 : 1))
            return;
        // restic marks folders with a slash at the end.
        var path = item.Node.Type == NodeType.Folder ? item.Path + "/" : item.Path.ToString();
        if (screen.Json)
        {
            screen.Line(
                new VerboseStatusLine { Action = ActionOf(item.Change), Item = path, DataSize = item.AddedBytes },
                AgentJson.Lines.VerboseStatusLine);
            return;
        }

        var shown = PathText.ForScreen(path);
        var sentence = item.Change switch { ItemChange.New => RunSentences.ItemNew, ItemChange.Changed => RunSentences.ItemChanged, _ => RunSentences.ItemUnmodified };
        screen.Detail(sentence, shown, Quantity.Bytes(item.AddedBytes));
    }

    private static string ActionOf(ItemChange change) => change switch { ItemChange.New => "new", ItemChange.Changed => "modified", _ => "unchanged" };
}
