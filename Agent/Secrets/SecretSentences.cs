using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Secrets;

internal static class SecretSentences
{
    public static readonly Sentence AskPassword = new("Password of the repository: ", "Mot de passe du dépôt : ");
    public static readonly Sentence AskNewPassword = new("New password for the repository: ", "Nouveau mot de passe du dépôt : ");
    public static readonly Sentence AskAgain = new("The same password again: ", "Encore une fois le même : ");
    public static readonly Sentence NotTheSame = new("The two passwords differ: nothing was done.", "Les deux mots de passe diffèrent : rien n'a été fait.");
    public static readonly Sentence Empty = new(
        "The password is empty. A repository without a password protects nothing: choose one.",
        "Le mot de passe est vide. Un dépôt sans mot de passe ne protège rien : choisissez-en un.");
    public static readonly Sentence NoPassword = new(
        "No password is given and nobody can be asked. Use BACKUPONLINE_PASSWORD_FILE, --password-file, --password-command or BACKUPONLINE_PASSWORD.",
        "Aucun mot de passe n'est donné et personne ne peut répondre. Utilisez BACKUPONLINE_PASSWORD_FILE, --password-file, --password-command ou BACKUPONLINE_PASSWORD.");
    public static readonly Sentence BothGiven = new(
        "--password-file and --password-command are both given: keep one of them.",
        "--password-file et --password-command sont donnés tous les deux : n'en gardez qu'un.");
    public static readonly Sentence FileUnreadable = new(
        "The file {0} cannot be read: {1}. Check its path and its permissions.",
        "Le fichier {0} est illisible : {1}. Vérifiez son chemin et ses droits.");
    public static readonly Sentence CommandFailed = new(
        "The command that gives the secret failed ({0}). Run it by hand as this user and look at what it says.",
        "La commande qui donne le secret a échoué ({0}). Lancez-la à la main avec ce compte et lisez ce qu'elle dit.");
    public static readonly Sentence CommandUnclear = new(
        "The command that gives the secret has an open quotation mark.",
        "La commande qui donne le secret contient un guillemet non fermé.");
    public static readonly Sentence Interrupted = new("Interrupted.", "Interrompu.");
}
