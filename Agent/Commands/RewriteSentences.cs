using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Commands;

internal static class RewriteSentences
{
    public static readonly Sentence Verb = new("make snapshots anew without some files, or with another host or time", "refaire des instantanés sans certains fichiers, ou avec une autre machine ou date");
    public static readonly Sentence Forget = new("remove the snapshots that were made anew", "retirer les instantanés qui ont été refaits");
    public static readonly Sentence NewHost = new("host name of the new snapshot", "nom de machine du nouvel instantané");
    public static readonly Sentence NewTime = new("time of the new snapshot", "date du nouvel instantané");
    public static readonly Sentence NothingToDo = new(
        "Nothing to do: say what to leave out (--exclude), or what to change (--new-host, --new-time).",
        "Rien à faire : dites ce qu'il faut laisser de côté (--exclude), ou changer (--new-host, --new-time).");
    public static readonly Sentence Snapshot = new("snapshot {0} of {1} on {2} at {3:yyyy-MM-dd HH:mm:ss}", "instantané {0} de {1} sur {2}, {3:yyyy-MM-dd HH:mm:ss}");
    public static readonly Sentence Excluded = new("  without {0}", "  sans {0}");
    public static readonly Sentence Unchanged = new("  nothing in it changes", "  rien n'y change");
    public static readonly Sentence Empty = new(
        "Snapshot {0} would be empty: it stays as it is. To remove it: \"backuponline forget {0}\".",
        "L'instantané {0} serait vide : il reste tel quel. Pour le retirer : « backuponline forget {0} ».");
    public static readonly Sentence WouldSave = new("  would be made anew", "  serait refait");
    public static readonly Sentence Saved = new("  made anew as {0}", "  refait : {0}");
    public static readonly Sentence Removed = new("  {0} is removed", "  {0} est retiré");
    public static readonly Sentence Summary = new("{0} snapshots made anew.", "{0} instantanés refaits.");
    public static readonly Sentence DrySummary = new("{0} snapshots would be made anew. This was a dry run: nothing was written.", "{0} instantanés seraient refaits. C'était une simulation : rien n'a été écrit.");
}
