using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Commands;

internal static class CopySentences
{
    public static readonly Sentence Verb = new("copy snapshots from another repository into this one", "copier des instantanés d'un autre dépôt dans celui-ci");
    public static readonly Sentence FromRepo = new("the repository to read from (env BACKUPONLINE_FROM_REPOSITORY, RESTIC_FROM_REPOSITORY)", "le dépôt à lire (env. BACKUPONLINE_FROM_REPOSITORY, RESTIC_FROM_REPOSITORY)");
    public static readonly Sentence FromRepositoryFile = new("file that holds its address", "fichier qui contient son adresse");
    public static readonly Sentence FromPasswordFile = new("file that holds its password", "fichier qui contient son mot de passe");
    public static readonly Sentence FromPasswordCommand = new("command that prints its password", "commande qui affiche son mot de passe");
    public static readonly Sentence NoSource = new(
        "Which repository is to be read from? Name it with --from-repo, --from-repository-file or BACKUPONLINE_FROM_REPOSITORY.",
        "Quel dépôt faut-il lire ? Indiquez-le par --from-repo, --from-repository-file ou BACKUPONLINE_FROM_REPOSITORY.");
    public static readonly Sentence Copying = new("snapshot {0} of {1} on {2} at {3:yyyy-MM-dd HH:mm:ss}", "instantané {0} de {1} sur {2}, {3:yyyy-MM-dd HH:mm:ss}");
    public static readonly Sentence Skipped = new("  is here already as {0}", "  est déjà là : {0}");
    public static readonly Sentence Copied = new("  copied as {0}", "  copié : {0}");
    public static readonly Sentence Summary = new("{0} snapshots copied, {1} were here already; {2} read.", "{0} instantanés copiés, {1} étaient déjà là ; {2} lus.");
    public static readonly Sentence CopyChunkerParams = new(
        "with --from-repo: cut files where that repository does, so that copies store nothing twice",
        "avec --from-repo : découper les fichiers comme ce dépôt, pour que les copies n'enregistrent rien deux fois");
    public static readonly Sentence ChunkerParamsAlone = new(
        "--copy-chunker-params and --from-repo belong together: give both or none.",
        "--copy-chunker-params et --from-repo vont ensemble : donnez les deux ou aucun.");
}
