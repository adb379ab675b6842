using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Commands;

internal static class RestoreSentences
{
    public static readonly Sentence Delete = new("remove from the target what the snapshot does not have", "retirer de la destination ce que l'instantané n'a pas");
    public static readonly Sentence Sparse = new("taken for restic's sake: runs of zeros never take room", "accepté pour ressembler à restic : les suites de zéros ne prennent jamais de place");
    public static readonly Sentence BadOverwrite = new("choose always, if-changed, if-newer or never", "choisissez always, if-changed, if-newer ou never");
    public static readonly Sentence DeleteEverything = new(
        "--delete with --target / would remove everything on this machine that the snapshot does not have. Say what may be touched with --include or --exclude.",
        "--delete avec --target / retirerait de cette machine tout ce que l'instantané n'a pas. Dites à quoi il est permis de toucher par --include ou --exclude.");
    public static readonly Sentence Skipped = new("{0} files were there and stay as they are, {1}.", "{0} fichiers étaient là et restent tels quels, {1}.");
    public static readonly Sentence Deleted = new("{0} items that the snapshot does not have were removed.", "{0} éléments que l'instantané n'a pas ont été retirés.");
    public static readonly Sentence Verified = new("{0} files were read again and are what they should be.", "{0} fichiers ont été relus et sont conformes.");
}
