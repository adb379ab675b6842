using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Exits;

/// <summary>
/// One sentence per problem of a repository; {0} is the engine's own account with names, numbers and what to do, in English: in English it stands for itself.
/// </summary>
internal static class ProblemSentences
{
    public static readonly Sentence NoRepository = new(
        "{0}",
        "Il n'y a pas de dépôt ici. Vérifiez l'adresse, ou créez-en un par « backuponline init ». ({0})");
    public static readonly Sentence RepositoryExists = new(
        "{0}",
        "Il y a déjà un dépôt ici : il reste tel quel. Utilisez-le, ou choisissez un autre emplacement. ({0})");
    public static readonly Sentence NotFound = new(
        "{0} Keep the repository as it is, and call the hotline with the output of \"backuponline check\".",
        "Il manque dans le dépôt une donnée enregistrée. Lancez « backuponline check » pour voir ce qui en dépend, gardez le dépôt tel quel, et appelez l'assistance avec le résultat. ({0})");
    public static readonly Sentence NoSnapshot = new(
        "{0}",
        "Ce dépôt n'a pas cet instantané. « backuponline snapshots » liste ce qu'il y a. ({0})");
    public static readonly Sentence Ambiguous = new(
        "{0}",
        "Plusieurs instantanés correspondent : donnez plus de lettres de l'identifiant. ({0})");
    public static readonly Sentence WrongPassword = new(
        "{0}",
        "Le mot de passe est faux : aucune clé de ce dépôt ne s'ouvre avec lui. Vérifiez lequel appartient à ce dépôt ; personne ne peut en remplacer un perdu. ({0})");
    public static readonly Sentence Locked = new(
        "{0} To let this run wait: --retry-lock 30m.",
        "Le dépôt est verrouillé par une autre opération. Attendez sa fin, ou faites attendre celle-ci : --retry-lock 30m. Un verrou abandonné s'efface de lui-même après 30 minutes. ({0})");
    public static readonly Sentence Corrupt = new(
        "{0} Keep the repository as it is, run \"backuponline check --read-data\" to see all of it, and call the hotline with the output.",
        "Des données enregistrées sont abîmées. Lancez « backuponline check --read-data » pour tout voir, gardez le dépôt tel quel, et appelez l'assistance avec le résultat. ({0})");
    public static readonly Sentence Unreadable = new(
        "{0} Run \"backuponline check --read-data\" to see all that cannot be read.",
        "Un objet du dépôt est là mais illisible : vérifiez le disque et les droits sur ce fichier. « backuponline check --read-data » montre tout ce qui est illisible. ({0})");
    public static readonly Sentence AccessDenied = new(
        "{0} On an enrolled machine ask for a new credential; for a local folder look at its permissions.",
        "Accès refusé : l'identifiant est faux, révoqué, ou n'a pas ce droit (dossier local : ses droits). Vérifiez-le, ou demandez-en un nouveau. ({0})");
    public static readonly Sentence Suspended = new(
        "The contract is suspended: the shelf refuses everything until it is resumed. Call the hotline. ({0})",
        "Le contrat est suspendu : le stockage refuse tout jusqu'à sa reprise. Appelez l'assistance. ({0})");
    public static readonly Sentence NoRoom = new(
        "{0} What was stored stays good.",
        "Il n'y a plus de place dans le dépôt : le quota est épuisé ou son disque est plein. Demandez-en plus, ou retirez d'anciens instantanés ; ce qui est enregistré reste bon. ({0})");
    public static readonly Sentence Unreachable = new(
        "{0} Run again later: what was stored stays and is not sent twice.",
        "Le serveur est injoignable, ou demande de revenir plus tard. Relancez : ce qui est enregistré reste et n'est pas envoyé deux fois. ({0})");
    public static readonly Sentence UnsupportedVersion = new(
        "{0}",
        "Le dépôt a une autre version de format : utilisez le programme qui l'a créé, ou une version plus récente de celui-ci. ({0})");
    public static readonly Sentence UnsafeAddress = new(
        "{0}",
        "L'adresse n'est pas chiffrée : utilisez https://. ({0})");
    public static readonly Sentence Protocol = new(
        "{0} Check the address, and any proxy in between.",
        "Le serveur ne répond pas comme un rayon Backup OnLine ou un serveur REST restic : vérifiez l'adresse, et tout mandataire intermédiaire. ({0})");
}
