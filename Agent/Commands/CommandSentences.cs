using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Commands;

internal static class CommandSentences
{
    public static readonly Sentence Root = new(
        "Backs this machine's files up to the Backup OnLine service, or to any restic repository. Encryption happens here: nobody else can read the data, and a lost password is lost data.",
        "Sauvegarde les fichiers de cette machine vers le service Backup OnLine, ou vers tout dépôt restic. Le chiffrement se fait ici : personne d'autre ne peut lire les données, et un mot de passe perdu, ce sont des données perdues.");
    public static readonly Sentence Enroll = new("join this machine to the service with a one-time code", "inscrire cette machine au service avec un code à usage unique");
    public static readonly Sentence Init = new("make the encrypted repository", "créer le dépôt chiffré");
    public static readonly Sentence Backup = new("make a snapshot of files and folders", "faire un instantané de fichiers et de dossiers");
    public static readonly Sentence Snapshots = new("list the snapshots", "lister les instantanés");
    public static readonly Sentence Ls = new("list the files of a snapshot", "lister les fichiers d'un instantané");
    public static readonly Sentence Restore = new("bring the files of a snapshot back", "restaurer les fichiers d'un instantané");
    public static readonly Sentence Check = new("check that the repository is whole", "vérifier que le dépôt est intact");
    public static readonly Sentence Doctor = new("examine this machine's set-up and say what to mend", "examiner l'installation de cette machine et dire quoi corriger");
    public static readonly Sentence Version = new("print the version", "afficher la version");
    public static readonly Sentence SnapshotArgument = new("id of a snapshot (its start is enough), or latest", "identifiant d'un instantané (le début suffit), ou latest");
    public static readonly Sentence PathsArgument = new("files and folders", "fichiers et dossiers");
    public static readonly Sentence LsPathArgument = new("only these files and folders, and what is in them at first level", "seulement ces fichiers et dossiers, avec leur contenu au premier niveau");
    public static readonly Sentence SnapshotIdsArgument = new("only these snapshots", "seulement ces instantanés");

    public static readonly Sentence Server = new("address of the door, such as https://backup.example.com/", "adresse de la porte, par exemple https://sauvegarde.exemple.fr/");
    public static readonly Sentence CodeFile = new("file that holds the enrolment code", "fichier qui contient le code d'inscription");
    public static readonly Sentence CodeCommand = new("command that prints the enrolment code", "commande qui affiche le code d'inscription");
    public static readonly Sentence Yes = new("do not ask: I know that a lost password is lost data", "ne pas demander : je sais qu'un mot de passe perdu, ce sont des données perdues");

    public static readonly Sentence KeyWarning = new(
        "The password of this repository is the only way to its data. It never leaves this machine: the provider does not know it and cannot replace it.\n"
        + "Keep a copy of it away from this machine. If it is lost, all backups in this repository are lost.",
        "Le mot de passe de ce dépôt est le seul accès à ses données. Il ne quitte jamais cette machine : le prestataire ne le connaît pas et ne peut pas le remplacer.\n"
        + "Gardez-en une copie ailleurs que sur cette machine. S'il est perdu, toutes les sauvegardes de ce dépôt sont perdues.");
    public static readonly Sentence KeyPhrase = new("a lost key is lost data", "une clé perdue, ce sont des données perdues");
    public static readonly Sentence AskPhrase = new("Type \"{0}\" to go on: ", "Tapez « {0} » pour continuer : ");
    public static readonly Sentence NotConfirmed = new(
        "Not confirmed: nothing was made. Type the sentence as it is shown, or use --yes in a script.",
        "Non confirmé : rien n'a été créé. Tapez la phrase telle qu'elle est affichée, ou utilisez --yes dans un script.");
    public static readonly Sentence CannotConfirm = new(
        "A person has to confirm that a lost key is lost data, and nobody can be asked here. In a script, say so with --yes.",
        "Une personne doit confirmer qu'une clé perdue, ce sont des données perdues, et personne ne peut répondre ici. Dans un script, dites-le par --yes.");
    public static readonly Sentence Made = new("The repository {0} is made at {1}.", "Le dépôt {0} est créé à {1}.");
    public static readonly Sentence Interrupted = new(
        "Interrupted. What was stored stays: the next run goes on from there.",
        "Interrompu. Ce qui est déjà enregistré reste : la prochaine exécution repartira de là.");
    public static readonly Sentence Unexpected = new(
        "Something that should not happen has happened ({0}). Nothing that was stored is lost. Run again; if it stays, send the hotline the output of the same command with BACKUPONLINE_DEBUG=1.",
        "Une erreur imprévue s'est produite ({0}). Rien de ce qui est enregistré n'est perdu. Réessayez ; si cela persiste, envoyez à l'assistance la sortie de la même commande avec BACKUPONLINE_DEBUG=1.");
    public static readonly Sentence ClockSkew = new(
        "This machine's clock is {0} {1} the server's. Set it right (timedatectl set-ntp true; Windows: w32tm /resync): snapshots carry this clock's time.",
        "L'horloge de cette machine est {1} celle du serveur de {0}. Réglez-la (timedatectl set-ntp true ; Windows : w32tm /resync) : les instantanés portent cette heure.");
    public static readonly Sentence Ahead = new("ahead of", "en avance sur");
    public static readonly Sentence Behind = new("behind", "en retard sur");
    public static readonly Sentence VersionText = new("backuponline {0} ({1}, {2}, {3})", "backuponline {0} ({1}, {2}, {3})");
}
