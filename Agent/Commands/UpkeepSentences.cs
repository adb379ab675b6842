using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Commands;

/// <summary>What the verbs of maintenance say.</summary>
internal static class UpkeepSentences
{
    public static readonly Sentence Forget = new("remove snapshots, by rules of what to keep", "retirer des instantanés, selon ce qu'il faut garder");
    public static readonly Sentence Prune = new("remove the data that no snapshot needs", "retirer les données dont aucun instantané n'a besoin");
    public static readonly Sentence Tag = new("change the tags of snapshots", "changer les étiquettes d'instantanés");
    public static readonly Sentence Key = new("list and change the passwords of the repository", "lister et changer les mots de passe du dépôt");
    public static readonly Sentence KeyList = new("list the keys", "lister les clés");
    public static readonly Sentence KeyAdd = new("add a password", "ajouter un mot de passe");
    public static readonly Sentence KeyRemove = new("remove a key", "retirer une clé");
    public static readonly Sentence KeyPasswd = new("change the password in use", "changer le mot de passe en usage");
    public static readonly Sentence Unlock = new("remove locks that nobody gives back", "retirer les verrous que personne ne rend");
    public static readonly Sentence Repair = new("mend a damaged repository", "réparer un dépôt abîmé");
    public static readonly Sentence RepairIndex = new("make the index say what the packs hold", "faire dire à l'index ce que les paquets contiennent");
    public static readonly Sentence RepairPacks = new("save what is whole in damaged packs, and remove them", "sauver ce qui est intact dans des paquets abîmés, puis les retirer");
    public static readonly Sentence RepairSnapshots = new("take what is lost out of the snapshots", "ôter des instantanés ce qui est perdu");

    public static readonly Sentence Compact = new("fewer columns", "moins de colonnes");
    public static readonly Sentence GroupBy = new("apply the rules to each group of host, paths, tags; '' for one group (default host,paths)", "appliquer les règles par groupe de host, paths, tags ; '' pour un seul groupe (host,paths par défaut)");
    public static readonly Sentence AlsoPrune = new("prune afterwards, if a snapshot was removed", "lancer prune ensuite, si un instantané a été retiré");
    public static readonly Sentence UnsafeRemoveAll = new("allow rules that keep nothing, together with --host, --path or --tag", "permettre des règles qui ne gardent rien, avec --host, --path ou --tag");
    public static readonly Sentence BadGroup = new("choose among host, paths and tags, separated by commas", "choisissez parmi host, paths et tags, séparés par des virgules");
    public static readonly Sentence NoPolicy = new(
        "No rule says what to keep, and no snapshot is named: nothing was removed. Give a rule such as --keep-daily 14, or ids of snapshots.",
        "Aucune règle ne dit ce qu'il faut garder, et aucun instantané n'est nommé : rien n'a été retiré. Donnez une règle comme --keep-daily 14, ou des identifiants d'instantanés.");
    public static readonly Sentence UnsafeNeedsFilter = new(
        "--unsafe-allow-remove-all without a rule would remove every snapshot of everybody: say which with --host, --path or --tag. Nothing was removed.",
        "--unsafe-allow-remove-all sans règle retirerait tous les instantanés de tout le monde : dites lesquels par --host, --path ou --tag. Rien n'a été retiré.");
    public static readonly Sentence KeepsNothing = new(
        "The rules keep no snapshot at all of {0}: nothing was removed, of no group. Look at the rules with --dry-run, or allow it with --unsafe-allow-remove-all.",
        "Les règles ne gardent aucun instantané de {0} : rien n'a été retiré, d'aucun groupe. Examinez les règles par --dry-run, ou permettez-le par --unsafe-allow-remove-all.");
    public static readonly Sentence GroupAll = new("all snapshots", "tous les instantanés");
    public static readonly Sentence GroupHost = new("host {0}", "machine {0}");
    public static readonly Sentence GroupPaths = new("paths {0}", "chemins {0}");
    public static readonly Sentence GroupTags = new("tags {0}", "étiquettes {0}");
    public static readonly Sentence GroupTitle = new("\n{0}:", "\n{0} :");
    public static readonly Sentence KeepTitle = new("keep {0} snapshots:", "garder {0} instantanés :");
    public static readonly Sentence RemoveTitle = new("remove {0} snapshots:", "retirer {0} instantanés :");
    public static readonly Sentence ColumnReasons = new("Reasons", "Raisons");
    public static readonly Sentence Forgotten = new("{0} snapshots were removed. Their data goes at the next prune.", "{0} instantanés ont été retirés. Leurs données partiront au prochain prune.");
    public static readonly Sentence WouldForget = new("{0} snapshots would be removed.", "{0} instantanés seraient retirés.");
    public static readonly Sentence NotForgotten = new(
        "{0} snapshots could not be removed: they are listed above. Look at the rights of this credential on the repository, then run again.",
        "{0} instantanés n'ont pas pu être retirés : ils sont listés ci-dessus. Vérifiez les droits de cet identifiant sur le dépôt, puis relancez.");
    public static readonly Sentence SnapshotsDamaged = new(
        "{0} snapshots cannot be read: they are named above and were passed over. Run \"backuponline check\", and call the hotline with its output.",
        "{0} instantanés sont illisibles : ils sont nommés ci-dessus et ont été laissés. Lancez « backuponline check », et appelez l'assistance avec le résultat.");

    public static readonly Sentence SetTags = new("these tags instead of all others; '' for none (repeatable)", "ces étiquettes à la place des autres ; '' pour aucune (répétable)");
    public static readonly Sentence AddTags = new("add these tags, several by comma (repeatable)", "ajouter ces étiquettes, plusieurs par virgule (répétable)");
    public static readonly Sentence RemoveTags = new("remove these tags, several by comma (repeatable)", "retirer ces étiquettes, plusieurs par virgule (répétable)");
    public static readonly Sentence NoTags = new("Nothing to do: give --set, --add or --remove.", "Rien à faire : donnez --set, --add ou --remove.");
    public static readonly Sentence SetAndAdd = new("--set goes neither with --add nor with --remove.", "--set ne va ni avec --add ni avec --remove.");
    public static readonly Sentence TagChanged = new("{0} is {1} now", "{0} est maintenant {1}");
    public static readonly Sentence TagsChanged = new("{0} snapshots were changed.", "{0} instantanés ont été modifiés.");

    public static readonly Sentence NewPasswordFile = new("file that holds the new password", "fichier qui contient le nouveau mot de passe");
    public static readonly Sentence NewPasswordMissing = new(
        "No new password is given and nobody can be asked. Use --new-password-file.",
        "Aucun nouveau mot de passe n'est donné et personne ne peut répondre. Utilisez --new-password-file.");
    public static readonly Sentence KeyHost = new("host name that the list shows for the key", "nom de machine que la liste montre pour la clé");
    public static readonly Sentence KeyUser = new("user name that the list shows for the key", "nom d'utilisateur que la liste montre pour la clé");
    public static readonly Sentence KeyArgument = new("id of a key (its start is enough)", "identifiant d'une clé (le début suffit)");
    public static readonly Sentence ColumnUser = new("User", "Utilisateur");
    public static readonly Sentence ColumnCreated = new("Created", "Création");
    public static readonly Sentence KeyAdded = new("The new password opens the repository, by the key {0}.", "Le nouveau mot de passe ouvre le dépôt, par la clé {0}.");
    public static readonly Sentence KeyRemoved = new("The key {0} is removed.", "La clé {0} est retirée.");
    public static readonly Sentence KeyChanged = new("The password is changed; the new one opens the repository, by the key {0}.", "Le mot de passe est changé ; le nouveau ouvre le dépôt, par la clé {0}.");
    public static readonly Sentence NoKey = new("There is no key {0}. \"backuponline key list\" shows the keys.", "Il n'y a pas de clé {0}. « backuponline key list » montre les clés.");
    public static readonly Sentence KeyAmbiguous = new("Several keys begin with {0}: give more digits of the id.", "Plusieurs clés commencent par {0} : donnez plus de lettres de l'identifiant.");
    public static readonly Sentence KeyInUse = new(
        "The key {0} is the one that opened the repository just now: it is never removed. Run again with another password, or change this one with \"backuponline key passwd\".",
        "La clé {0} est celle qui vient d'ouvrir le dépôt : elle n'est jamais retirée. Relancez avec un autre mot de passe, ou changez celui-ci par « backuponline key passwd ».");

    public static readonly Sentence RemoveAllLocks = new("remove all locks, also of programs that may still work", "retirer tous les verrous, même de programmes qui travaillent peut-être encore");
    public static readonly Sentence Unlocked = new("{0} locks were removed.", "{0} verrous ont été retirés.");

    public static readonly Sentence ReadAllPacks = new("read the list of every pack anew", "relire la liste de chaque paquet");
    public static readonly Sentence PackArgument = new("whole ids of packs, as check names them", "identifiants entiers de paquets, comme check les nomme");
    public static readonly Sentence BadPack = new("\"{0}\" is not the id of a pack: 64 digits, as \"backuponline check\" names it.", "« {0} » n'est pas l'identifiant d'un paquet : 64 chiffres, comme « backuponline check » le nomme.");
    public static readonly Sentence RepairForget = new("remove the damaged snapshots that were repaired", "retirer les instantanés abîmés qui ont été réparés");
    public static readonly Sentence IndexRepaired = new(
        "{0} damaged index files removed, {1} packs that are gone forgotten, {2} packs read anew.",
        "{0} fichiers d'index abîmés retirés, {1} paquets disparus oubliés, {2} paquets relus.");
    public static readonly Sentence IndexWhole = new("The index says what the packs hold: nothing was changed.", "L'index dit ce que les paquets contiennent : rien n'a été changé.");
    public static readonly Sentence PackUnreadable = new("its own list of blobs cannot be read; \"backuponline repair packs {0}\" saves what is whole", "sa propre liste est illisible ; « backuponline repair packs {0} » sauve ce qui est intact");
    public static readonly Sentence PacksUnreadable = new(
        "{0} packs cannot be read: they are named above. Run \"backuponline repair packs\" with their ids, then \"backuponline repair snapshots --forget\".",
        "{0} paquets sont illisibles : ils sont nommés ci-dessus. Lancez « backuponline repair packs » avec leurs identifiants, puis « backuponline repair snapshots --forget ».");
    public static readonly Sentence PackCopied = new("The pack {0} is kept as {1}.", "Le paquet {0} est gardé sous {1}.");
    public static readonly Sentence PackCopyFailed = new(
        "The copy {0} of a damaged pack cannot be written: {1}. Nothing was changed. Run in a folder with room and the right to write.",
        "La copie {0} d'un paquet abîmé ne peut pas être écrite : {1}. Rien n'a été changé. Lancez la commande dans un dossier qui a de la place et où ce compte peut écrire.");
    public static readonly Sentence PacksRepaired = new(
        "{0} pieces were whole and are saved, {1} are lost. \"backuponline repair snapshots --forget\" takes what is lost out of the snapshots.",
        "{0} morceaux étaient intacts et sont sauvés, {1} sont perdus. « backuponline repair snapshots --forget » ôte des instantanés ce qui est perdu.");
    public static readonly Sentence PiecesLost = new("lost pieces taken out: {0}", "morceaux perdus ôtés : {0}");
    public static readonly Sentence FolderLost = new("folder lost, empty now: {0}", "dossier perdu, vide à présent : {0}");
    public static readonly Sentence SnapshotRepaired = new("snapshot {0} repaired: {1}", "instantané {0} réparé : {1}");
    public static readonly Sentence SnapshotWouldRepair = new("snapshot {0} would be repaired", "l'instantané {0} serait réparé");
    public static readonly Sentence SnapshotUnreadable = new("snapshot {0}: nothing of it can be read", "instantané {0} : rien n'en est lisible");
    public static readonly Sentence SnapshotsRepaired = new("{0} snapshots repaired, {1} unreadable, {2} whole.", "{0} instantanés réparés, {1} illisibles, {2} intacts.");
}
