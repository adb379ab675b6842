using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Enrolment;

internal static class EnrolmentSentences
{
    public static readonly Sentence NoHome = new(
        "This account has no home folder: name the configuration file with BACKUPONLINE_CONFIG.",
        "Ce compte n'a pas de dossier personnel : indiquez le fichier de configuration par BACKUPONLINE_CONFIG.");
    public static readonly Sentence BadConfiguration = new(
        "The configuration {0} is not valid. Restore it from a copy, or remove it and enrol this machine again with a new code.",
        "La configuration {0} n'est pas valide. Restaurez-la depuis une copie, ou supprimez-la et inscrivez de nouveau la machine avec un nouveau code.");
    public static readonly Sentence ConfigurationUnreadable = new(
        "The configuration {0} cannot be read: {1}. Run as the account that enrolled this machine.",
        "La configuration {0} est illisible : {1}. Utilisez le compte qui a inscrit la machine.");
    public static readonly Sentence ConfigurationNotWritten = new(
        "The configuration {0} cannot be written: {1}. Check the folder's permissions and free space.",
        "La configuration {0} ne peut pas être écrite : {1}. Vérifiez les droits et la place du dossier.");
    public static readonly Sentence AskCode = new("Enrolment code (boe_...): ", "Code d'inscription (boe_...) : ");
    public static readonly Sentence NoCode = new(
        "No enrolment code is given and nobody can be asked. Use --code-file, --code-command or BACKUPONLINE_CODE.",
        "Aucun code d'inscription n'est donné et personne ne peut répondre. Utilisez --code-file, --code-command ou BACKUPONLINE_CODE.");
    public static readonly Sentence TwoCodes = new(
        "--code-file and --code-command are both given: keep one of them.",
        "--code-file et --code-command sont donnés tous les deux : n'en gardez qu'un.");
    public static readonly Sentence BadCode = new(
        "This is not an enrolment code: it starts with boe_ and is shown once when the host is announced at the service. Copy it whole.",
        "Ce n'est pas un code d'inscription : il commence par boe_ et s'affiche une seule fois quand la machine est déclarée au service. Copiez-le en entier.");
    public static readonly Sentence AlreadyEnrolled = new(
        "This machine is enrolled already as {0}/{1} (configuration {2}). To enrol it anew, move that file away first; keep it until the new enrolment works.",
        "Cette machine est déjà inscrite comme {0}/{1} (configuration {2}). Pour l'inscrire de nouveau, déplacez d'abord ce fichier ; gardez-le jusqu'à ce que la nouvelle inscription fonctionne.");
    public static readonly Sentence Refused = new(
        "The service refused the enrolment: {0} ({1}). A code is good once, for 15 minutes: ask for a new one if this one is older.",
        "Le service a refusé l'inscription : {0} ({1}). Un code sert une seule fois, pendant 15 minutes : demandez-en un nouveau si celui-ci est plus ancien.");
    public static readonly Sentence Repeatable = new(
        "{0} Run the same command again with the same code: the keys made for it are kept, nothing is lost.",
        "{0} Relancez la même commande avec le même code : les clés créées pour lui sont gardées, rien n'est perdu.");
    public static readonly Sentence BadAnswer = new(
        "The server at {0} did not answer as a Backup OnLine door does. Check the address given with --server.",
        "Le serveur {0} ne répond pas comme une porte Backup OnLine. Vérifiez l'adresse donnée par --server.");
    public static readonly Sentence Done = new(
        "This machine is enrolled as {0}/{1}, vault {2}.\nConfiguration: {3} (readable by this account only).\nNext: backuponline init",
        "Cette machine est inscrite comme {0}/{1}, coffre {2}.\nConfiguration : {3} (lisible par ce compte seul).\nEnsuite : backuponline init");
}
