using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Profiles;

internal static class ProfileSentences
{
    public static readonly Sentence Flag = new(
        "take repository, password and flags from this profile; without a verb: run it whole, with its hooks and pings",
        "prendre le dépôt, le mot de passe et les options de ce profil ; sans verbe : l'exécuter en entier, avec ses commandes et ses appels");
    public static readonly Sentence FileFlag = new("file with the profiles (env BACKUPONLINE_PROFILES; default: profiles.toml in the configuration folder, then /etc/backuponline)", "fichier des profils (env. BACKUPONLINE_PROFILES ; par défaut : profiles.toml dans le dossier de configuration, puis /etc/backuponline)");
    public static readonly Sentence NoFile = new("There is no file with profiles: looked at {0}.", "Il n'y a pas de fichier de profils : cherché à {0}.");
    public static readonly Sentence Unreadable = new("The profiles in {0} cannot be read: {1}.", "Les profils de {0} sont illisibles : {1}.");
    public static readonly Sentence NotToml = new("The file {0} is not TOML: {1}", "Le fichier {0} n'est pas du TOML : {1}");
    public static readonly Sentence NoProfile = new("There is no profile \"{0}\" in {1}: it has {2}.", "Il n'y a pas de profil « {0} » dans {1} : il contient {2}.");
    public static readonly Sentence BadKey = new("The profile \"{0}\" has {1}, which is not known there{2}.", "Le profil « {0} » contient {1}, qui n'y est pas connu{2}.");
    public static readonly Sentence DidYouMean = new("; did you mean {0}?", " ; vouliez-vous dire {0} ?");
    public static readonly Sentence BadValue = new("The profile \"{0}\": {1} must be {2}.", "Le profil « {0} » : {1} doit être {2}.");
    public static readonly Sentence AText = new("a text", "un texte");
    public static readonly Sentence ATable = new("a table", "une table");
    public static readonly Sentence Texts = new("a text or a list of texts", "un texte ou une liste de textes");
    public static readonly Sentence AFlag = new("true, false, a number, a text, or a list of these", "true, false, un nombre, un texte, ou une liste de ceux-ci");
    public static readonly Sentence ADuration = new("a duration such as 30s or 5m", "une durée comme 30s ou 5m");
    public static readonly Sentence AnAddress = new("an https:// address (http:// for this machine alone)", "une adresse https:// (http:// pour cette machine seulement)");
    public static readonly Sentence Circle = new("The profile \"{0}\" inherits from itself.", "Le profil « {0} » hérite de lui-même.");
    public static readonly Sentence Secret = new("The profile \"{0}\" holds a password in {1}: put it into a file of mode 600 and name that with password-file.", "Le profil « {0} » contient un mot de passe dans {1} : mettez-le dans un fichier de droits 600 et indiquez-le par password-file.");
    public static readonly Sentence NothingToRun = new("The profile \"{0}\" has neither paths to back up nor a [{0}.forget], [{0}.prune] or [{0}.check]: there is nothing to run.", "Le profil « {0} » n'a ni chemins à sauvegarder, ni [{0}.forget], [{0}.prune] ou [{0}.check] : il n'y a rien à exécuter.");
    public static readonly Sentence HookFailed = new("The command \"{0}\" ({1}) failed: it ended with {2}.", "La commande « {0} » ({1}) a échoué : elle s'est terminée par {2}.");
    public static readonly Sentence HookTimedOut = new("The command \"{0}\" ({1}) was ended: it took more than {2}.", "La commande « {0} » ({1}) a été arrêtée : elle a duré plus de {2}.");
    public static readonly Sentence HookNotStarted = new("The command \"{0}\" ({1}) cannot be started: {2}.", "La commande « {0} » ({1}) ne démarre pas : {2}.");
    public static readonly Sentence PingFailed = new("The address at {0} could not be told of the run ({1}).", "L'adresse chez {0} n'a pas pu être prévenue ({1}).");
}
