using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Repositories;

internal static class RepositorySentences
{
    public static readonly Sentence NoneGiven = new(
        "No repository is named and this machine is not enrolled. Run \"backuponline enroll\", or name one with -r, --repository-file or BACKUPONLINE_REPOSITORY.",
        "Aucun dépôt n'est indiqué et cette machine n'est pas inscrite. Lancez « backuponline enroll », ou indiquez un dépôt par -r, --repository-file ou BACKUPONLINE_REPOSITORY.");
    public static readonly Sentence BothGiven = new(
        "-r and --repository-file are both given: keep one of them.",
        "-r et --repository-file sont donnés tous les deux : n'en gardez qu'un.");
    public static readonly Sentence SecretInArguments = new(
        "The address given with -r holds a password, which every user of this machine can read in the process list. Enrol this machine (backuponline enroll), or give the address "
        + "by BACKUPONLINE_REPOSITORY or --repository-file, or the password by BACKUPONLINE_REST_PASSWORD. Then change that password: it may have been seen.",
        "L'adresse donnée par -r contient un mot de passe, que tout utilisateur de cette machine peut lire dans la liste des processus. Inscrivez la machine (backuponline enroll), ou "
        + "donnez l'adresse par BACKUPONLINE_REPOSITORY ou --repository-file, ou le mot de passe par BACKUPONLINE_REST_PASSWORD. Changez ensuite ce mot de passe : il a pu être vu.");
    public static readonly Sentence FileUnreadable = new(
        "The repository file {0} cannot be read: {1}. Check its path and its permissions.",
        "Le fichier de dépôt {0} est illisible : {1}. Vérifiez son chemin et ses droits.");
    public static readonly Sentence ForeignKind = new(
        "Repositories of kind {0} are not supported: use rest:https://host/tenant/vault/ or a local folder.",
        "Les dépôts de type {0} ne sont pas pris en charge : utilisez rest:https://hôte/client/coffre/ ou un dossier local.");
    public static readonly Sentence UrlWithoutRest = new(
        "An address of a server starts with rest: - for example rest:https://host/tenant/vault/.",
        "L'adresse d'un serveur commence par rest: - par exemple rest:https://hôte/client/coffre/.");
    public static readonly Sentence BadUrl = new(
        "The address of the server is not valid. It looks like https://host/ for a door and rest:https://host/tenant/vault/ for a repository.",
        "L'adresse du serveur n'est pas valide. Elle ressemble à https://hôte/ pour une porte et à rest:https://hôte/client/coffre/ pour un dépôt.");
    public static readonly Sentence PlainHttp = new(
        "{0} is not encrypted: the password would travel in clear. Use https:// (http:// is accepted for this machine's own loopback address only).",
        "{0} n'est pas chiffré : le mot de passe circulerait en clair. Utilisez https:// (http:// n'est accepté que pour l'adresse locale de cette machine).");
    public static readonly Sentence ReadingUnlocked = new(
        "The repository has no room for the lock of this run, so it reads without one: nothing in it is changed, and a prune that runs at the same time may make this run fail; then run it again. ({0})",
        "Le dépôt n'a pas de place pour le verrou de cette opération, elle lit donc sans verrou : rien n'y est changé, et un prune lancé en même temps peut la faire échouer ; relancez alors. ({0})");
    public static readonly Sentence BadCertificateFile = new(
        "The certificate file {0} cannot be used: {1}. It has to hold certificates in PEM form.",
        "Le fichier de certificats {0} est inutilisable : {1}. Il doit contenir des certificats au format PEM.");
    public static readonly Sentence NoObject = new(
        "There is nothing in {0}/ whose id begins with \"{1}\". \"backuponline list {0}\" shows what there is.",
        "Il n'y a rien dans {0}/ dont l'identifiant commence par « {1} ». « backuponline list {0} » montre ce qu'il y a.");
    public static readonly Sentence SeveralObjects = new(
        "{0} objects in {1}/ begin with \"{2}\": give more digits.",
        "{0} objets dans {1}/ commencent par « {2} » : donnez plus de chiffres.");
    public static readonly Sentence SnapshotsDamaged = new(
        "{0} snapshots of the repository are damaged: they are named above. Keep the repository as it is, and call the hotline with the output of \"backuponline check --read-data\".",
        "{0} instantanés du dépôt sont abîmés : ils sont nommés ci-dessus. Gardez le dépôt tel quel, et appelez l'assistance avec le résultat de « backuponline check --read-data ».");
    public static readonly Sentence TreesDamaged = new(
        "{0} folders of snapshots could not be read: they are named above. Keep the repository as it is, and call the hotline with the output of \"backuponline check --read-data\".",
        "{0} dossiers d'instantanés n'ont pas pu être lus : ils sont nommés ci-dessus. Gardez le dépôt tel quel, et appelez l'assistance avec le résultat de « backuponline check --read-data ».");
}
