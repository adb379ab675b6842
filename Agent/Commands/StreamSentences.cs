using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Commands;

/// <summary>What a backup of a stream says.</summary>
internal static class StreamSentences
{
    public static readonly Sentence Stdin = new("back up what comes on standard input", "sauvegarder ce qui arrive sur l'entrée standard");
    public static readonly Sentence StdinFilename = new("its path in the snapshot (default: stdin)", "son chemin dans l'instantané (par défaut : stdin)");
    public static readonly Sentence StdinFromCommand = new("back up what a command prints, given after --; no snapshot when it fails", "sauvegarder ce qu'affiche une commande, donnée après -- ; pas d'instantané si elle échoue");
    public static readonly Sentence NoScan = new("do not count files and bytes beforehand: no total in the progress", "ne pas compter fichiers et octets à l'avance : pas de total dans la progression");
    public static readonly Sentence StdinAndPaths = new(
        "--stdin backs up standard input alone: leave out the paths and --files-from.",
        "--stdin ne sauvegarde que l'entrée standard : retirez les chemins et --files-from.");
    public static readonly Sentence BothStreams = new("--stdin and --stdin-from-command are both given: keep one of them.", "--stdin et --stdin-from-command sont donnés tous les deux : n'en gardez qu'un.");
    public static readonly Sentence NoCommand = new(
        "Which command? Give it after --: backuponline backup --stdin-from-command -- pg_dump mydb",
        "Quelle commande ? Donnez-la après -- : backuponline backup --stdin-from-command -- pg_dump mabase");
    public static readonly Sentence BadFilename = new("it is the path of a file, not a folder", "c'est le chemin d'un fichier, pas d'un dossier");
    public static readonly Sentence CannotStart = new("The command {0} cannot be started: {1}. Nothing was backed up.", "La commande {0} ne démarre pas : {1}. Rien n'a été sauvegardé.");
    public static readonly Sentence CommandFailed = new(
        "The command {0} ended with {1}: what it printed may not be whole, so no snapshot was made.",
        "La commande {0} s'est terminée par {1} : ce qu'elle a affiché est peut-être incomplet, aucun instantané n'a donc été fait.");
    public static readonly Sentence Skipped = new("Nothing changed: no snapshot was made.", "Rien n'a changé : aucun instantané n'a été fait.");
}
