using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Flags;

internal static class FlagSentences
{
    public static readonly Sentence Repo = new(
        "repository: a folder, or rest:https://host/tenant/vault/ without a password (default: the enrolled vault; env BACKUPONLINE_REPOSITORY, RESTIC_REPOSITORY)",
        "dépôt : un dossier, ou rest:https://hôte/client/coffre/ sans mot de passe (par défaut : le coffre inscrit ; env. BACKUPONLINE_REPOSITORY, RESTIC_REPOSITORY)");
    public static readonly Sentence RepositoryFile = new("file that holds the repository's address", "fichier qui contient l'adresse du dépôt");
    public static readonly Sentence PasswordFile = new("file that holds the repository's password", "fichier qui contient le mot de passe du dépôt");
    public static readonly Sentence PasswordCommand = new("command that prints the repository's password", "commande qui affiche le mot de passe du dépôt");
    public static readonly Sentence Json = new("JSON lines instead of text", "lignes JSON au lieu de texte");
    public static readonly Sentence Quiet = new("results and errors only", "résultats et erreurs seulement");
    public static readonly Sentence Verbose = new("say more (twice: every file)", "en dire plus (deux fois : chaque fichier)");
    public static readonly Sentence RetryLock = new("wait so long for a lock, such as 5m or 1h30m", "attendre un verrou aussi longtemps, par exemple 5m ou 1h30m");
    public static readonly Sentence CaCert = new("PEM file with the certificate authorities to trust", "fichier PEM des autorités de certification reconnues");
    public static readonly Sentence Compression = new("auto, off, max (fastest and better are taken as auto and max)", "auto, off, max (fastest et better valent auto et max)");
    public static readonly Sentence NoExtraVerify = new(
        "send packs without opening their blobs once more (faster; faulty memory would go unseen)",
        "envoyer les paquets sans rouvrir leurs blocs (plus rapide ; une mémoire défaillante passerait inaperçue)");
    public static readonly Sentence PackSize = new("size of a pack in MiB, 4 to 128", "taille d'un paquet en Mio, de 4 à 128");
    public static readonly Sentence NoLock = new("do not lock the repository when only reading", "ne pas verrouiller le dépôt pour une simple lecture");
    public static readonly Sentence BadValue = new("{0} is \"{1}\": {2}.", "{0} vaut « {1} » : {2}.");
    public static readonly Sentence BadDuration = new("a time looks like 30s, 5m or 1h30m", "une durée s'écrit 30s, 5m ou 1h30m");
    public static readonly Sentence BadSize = new("a size looks like 500K, 20M, 3G or 1T", "une taille s'écrit 500K, 20M, 3G ou 1T");
    public static readonly Sentence BadPackSize = new("a pack has between 4 and 128 MiB", "un paquet fait entre 4 et 128 Mio");
    public static readonly Sentence BadReadConcurrency = new("it is a number between 1 and 32", "c'est un nombre entre 1 et 32");
    public static readonly Sentence BadCompression = new("choose auto, off or max", "choisissez auto, off ou max");
    public static readonly Sentence BadTime = new("a time looks like 2026-01-31 23:59:00", "une date s'écrit 2026-01-31 23:59:00");

    public static readonly Sentence DryRun = new("say what would be done, write nothing", "dire ce qui serait fait, ne rien écrire");
    public static readonly Sentence Exclude = new("leave out what fits this pattern (repeatable)", "laisser de côté ce qui correspond à ce motif (répétable)");
    public static readonly Sentence InsensitiveExclude = new("the same, upper or lower case", "de même, sans distinguer majuscules et minuscules");
    public static readonly Sentence ExcludeFile = new("file with patterns to leave out, one per line (repeatable)", "fichier de motifs à laisser de côté, un par ligne (répétable)");
    public static readonly Sentence InsensitiveExcludeFile = new("the same, upper or lower case", "de même, sans distinguer majuscules et minuscules");
    public static readonly Sentence ExcludeIfPresent = new(
        "leave out folders that hold this file: NAME or NAME:HEADER (repeatable)",
        "laisser de côté les dossiers qui contiennent ce fichier : NOM ou NOM:EN-TÊTE (répétable)");
    public static readonly Sentence ExcludeCaches = new("leave out folders with a CACHEDIR.TAG", "laisser de côté les dossiers marqués CACHEDIR.TAG");
    public static readonly Sentence ExcludeLargerThan = new("leave out files larger than this (K, M, G, T)", "laisser de côté les fichiers plus grands (K, M, G, T)");
    public static readonly Sentence OneFileSystem = new("do not enter other file systems", "ne pas entrer dans d'autres systèmes de fichiers");
    public static readonly Sentence FilesFrom = new("file with paths to back up, one per line, wildcards allowed; - for standard input (repeatable)", "fichier de chemins à sauvegarder, un par ligne, jokers permis ; - pour l'entrée standard (répétable)");
    public static readonly Sentence FilesFromVerbatim = new("the same, taken to the letter", "de même, pris à la lettre");
    public static readonly Sentence FilesFromRaw = new("the same, separated by zero bytes", "de même, séparés par des octets nuls");
    public static readonly Sentence Tag = new("tag for the snapshot, several by comma (repeatable)", "étiquette de l'instantané, plusieurs par virgule (répétable)");
    public static readonly Sentence Host = new("host name for the snapshot", "nom de machine de l'instantané");
    public static readonly Sentence Time = new("time of the snapshot instead of now", "date de l'instantané au lieu de maintenant");
    public static readonly Sentence Parent = new("compare with this snapshot", "comparer avec cet instantané");
    public static readonly Sentence Force = new("read every file again", "relire tous les fichiers");
    public static readonly Sentence WithAtime = new("keep access times", "garder les dates d'accès");
    public static readonly Sentence IgnoreInode = new("do not compare inode numbers", "ne pas comparer les numéros d'inode");
    public static readonly Sentence IgnoreCtime = new("do not compare change times of metadata", "ne pas comparer les dates de changement d'attributs");
    public static readonly Sentence Urgent = new(
        "send at full speed, whatever it costs of the month's burst (the service's ceiling still holds)",
        "envoyer à pleine vitesse, quoi qu'il en coûte du débit de pointe du mois (le plafond du service reste)");
    public static readonly Sentence ReadConcurrency = new("files read at the same time, 1 to 32", "fichiers lus en même temps, de 1 à 32");
    public static readonly Sentence SkipIfUnchanged = new("make no snapshot when nothing changed", "ne pas faire d'instantané si rien n'a changé");

    public static readonly Sentence FilterHost = new("only snapshots of this host", "seulement les instantanés de cette machine");
    public static readonly Sentence FilterPath = new("only snapshots of this path (repeatable)", "seulement les instantanés de ce chemin (répétable)");
    public static readonly Sentence FilterTag = new("only snapshots with these tags, several by comma (repeatable)", "seulement les instantanés ayant ces étiquettes, plusieurs par virgule (répétable)");
    public static readonly Sentence Target = new("folder to restore to", "dossier où restaurer");
    public static readonly Sentence Include = new("restore only what fits this pattern (repeatable)", "ne restaurer que ce qui correspond à ce motif (répétable)");
    public static readonly Sentence InsensitiveInclude = new("the same, upper or lower case", "de même, sans distinguer majuscules et minuscules");
    public static readonly Sentence Overwrite = new("existing files: always, if-changed, if-newer, never", "fichiers existants : always, if-changed, if-newer, never");
    public static readonly Sentence Verify = new("read the restored files again and compare", "relire les fichiers restaurés et comparer");
}
