using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Exits;

/// <summary>One sentence per problem of a repository; {0} is the engine's own account with names and numbers, in English.</summary>
internal static class ProblemSentences
{
    public static readonly Sentence NoRepository = new(
        "There is no repository here. Check the address, or make one with \"backuponline init\". ({0})",
        "Il n'y a pas de dépôt ici. Vérifiez l'adresse, ou créez-en un par « backuponline init ». ({0})");
    public static readonly Sentence RepositoryExists = new(
        "There is a repository here already: it is left as it is. Use it, or choose another place. ({0})",
        "Il y a déjà un dépôt ici : il reste tel quel. Utilisez-le, ou choisissez un autre emplacement. ({0})");
    public static readonly Sentence NotFound = new(
        "It is not in this repository. \"backuponline snapshots\" lists what there is; when a stored object is missing, run \"backuponline check\". ({0})",
        "Ce dépôt ne le contient pas. « backuponline snapshots » liste ce qu'il y a ; s'il manque un objet enregistré, lancez « backuponline check ». ({0})");
    public static readonly Sentence Ambiguous = new(
        "Several snapshots fit: give more letters of the id. ({0})",
        "Plusieurs instantanés correspondent : donnez plus de lettres de l'identifiant. ({0})");
    public static readonly Sentence WrongPassword = new(
        "The password is wrong: no key of this repository opens with it. Check which password belongs to this repository; nobody can replace a lost one. ({0})",
        "Le mot de passe est faux : aucune clé de ce dépôt ne s'ouvre avec lui. Vérifiez lequel appartient à ce dépôt ; personne ne peut en remplacer un perdu. ({0})");
    public static readonly Sentence Locked = new(
        "The repository is locked by another run. Wait until it has ended, or let this one wait: --retry-lock 30m. A lock left by a dead run ends by itself after 30 minutes. ({0})",
        "Le dépôt est verrouillé par une autre opération. Attendez sa fin, ou faites attendre celle-ci : --retry-lock 30m. Un verrou abandonné s'efface de lui-même après 30 minutes. ({0})");
    public static readonly Sentence Corrupt = new(
        "Stored data is damaged. Run \"backuponline check --read-data\" to see all of it, keep the repository as it is, and call the hotline with the output. ({0})",
        "Des données enregistrées sont abîmées. Lancez « backuponline check --read-data » pour tout voir, gardez le dépôt tel quel, et appelez l'assistance avec le résultat. ({0})");
    public static readonly Sentence AccessDenied = new(
        "Access is refused: the credential is wrong, revoked, or not allowed to do this (a local folder: its permissions). Check it, or ask for a new one. ({0})",
        "Accès refusé : l'identifiant est faux, révoqué, ou n'a pas ce droit (dossier local : ses droits). Vérifiez-le, ou demandez-en un nouveau. ({0})");
    public static readonly Sentence NoRoom = new(
        "There is no room left at the repository: the quota is used up or its disk is full. Ask for more, or remove old snapshots; what was stored stays good. ({0})",
        "Il n'y a plus de place dans le dépôt : le quota est épuisé ou son disque est plein. Demandez-en plus, ou retirez d'anciens instantanés ; ce qui est enregistré reste bon. ({0})");
    public static readonly Sentence Unreachable = new(
        "The server cannot be reached, or asks to come back later. Run again: what was stored stays and is not sent twice. ({0})",
        "Le serveur est injoignable, ou demande de revenir plus tard. Relancez : ce qui est enregistré reste et n'est pas envoyé deux fois. ({0})");
    public static readonly Sentence UnsupportedVersion = new(
        "The repository has another format version: use the program that made it, or a newer version of this one. ({0})",
        "Le dépôt a une autre version de format : utilisez le programme qui l'a créé, ou une version plus récente de celui-ci. ({0})");
    public static readonly Sentence UnsafeAddress = new(
        "The address is not encrypted: use https://. ({0})",
        "L'adresse n'est pas chiffrée : utilisez https://. ({0})");
    public static readonly Sentence Protocol = new(
        "The server does not answer as a shelf of Backup OnLine or a restic REST server does: check the address, and any proxy in between. ({0})",
        "Le serveur ne répond pas comme un rayon Backup OnLine ou un serveur REST restic : vérifiez l'adresse, et tout mandataire intermédiaire. ({0})");
}
