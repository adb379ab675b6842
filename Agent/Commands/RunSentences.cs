using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Commands;

/// <summary>What the verbs on a repository say.</summary>
internal static class RunSentences
{
    public static readonly Sentence ColumnTime = new("Time", "Date");
    public static readonly Sentence ColumnHost = new("Host", "Machine");
    public static readonly Sentence ColumnTags = new("Tags", "Étiquettes");
    public static readonly Sentence ColumnPaths = new("Paths", "Chemins");
    public static readonly Sentence SnapshotCount = new("{0} snapshots", "{0} instantanés");
    public static readonly Sentence Recursive = new("with a path: also what is in the folders below it", "avec un chemin : aussi le contenu des dossiers qu'il contient");
    public static readonly Sentence Long = new("with mode, owner, size and time", "avec droits, propriétaire, taille et date");
    public static readonly Sentence SnapshotOf = new("snapshot {0} of {1} on {2} at {3:yyyy-MM-dd HH:mm:ss}:", "instantané {0} de {1} sur {2}, {3:yyyy-MM-dd HH:mm:ss} :");

    public static readonly Sentence NetworkTarget = new(
        "{0} lies on a network file system ({1}, mounted on {2}). Network drives, shared drives and data hosted elsewhere are not eligible (contract, article 3): back it up on the "
        + "machine that holds it. Nothing was backed up.",
        "{0} se trouve sur un système de fichiers réseau ({1}, monté sur {2}). Les lecteurs réseau, les lecteurs partagés et les données hébergées ailleurs ne sont pas éligibles "
        + "(contrat, article 3) : sauvegardez-les sur la machine qui les héberge. Rien n'a été sauvegardé.");
    public static readonly Sentence NoTargets = new(
        "Nothing to back up: name files or folders, or a list with --files-from.",
        "Rien à sauvegarder : indiquez des fichiers ou des dossiers, ou une liste par --files-from.");
    public static readonly Sentence NothingReadable = new("{0}", "Rien n'a pu être sauvegardé et aucun instantané n'a été fait. Vérifiez les chemins et les droits de ce compte. ({0})");
    public static readonly Sentence ListUnreadable = new("The list {0} cannot be read: {1}.", "La liste {0} est illisible : {1}.");
    public static readonly Sentence BadPattern = new("A pattern is not valid: {0}", "Un motif n'est pas valide : {0}");
    public static readonly Sentence Notice = new("{0}: {1}", "{0} : {1}");
    public static readonly Sentence LockLost = new(
        "The lock on the repository was lost, so the work had to stop. What was stored stays: run again when the repository can be reached.",
        "Le verrou sur le dépôt a été perdu, il a donc fallu s'arrêter. Ce qui est enregistré reste : relancez quand le dépôt est joignable.");
    public static readonly Sentence Retrying = new("connection lost, retrying in {1} ({0})", "connexion perdue, nouvel essai dans {1} ({0})");
    public static readonly Sentence EngineNotice = new("{0}", "{0}");

    public static readonly Sentence PacksLost = new(
        "The repository lost data: {0} packs that its index names are missing or too short, with {1} pieces of backups in them. What your files still hold is sent again now; older snapshots may "
        + "be incomplete. Run \"backuponline check\" to see which, and call the hotline with its output.",
        "Le dépôt a perdu des données : {0} paquets de son index manquent ou sont trop courts, avec {1} morceaux de sauvegardes. Ce que vos fichiers contiennent encore est renvoyé maintenant ; "
        + "d'anciens instantanés peuvent être incomplets. Lancez « backuponline check » pour voir lesquels, et appelez l'assistance avec le résultat.");

    public static readonly Sentence BackupSummary = new(
        "Files:       {0} new, {1} changed, {2} unmodified\nFolders:     {3} new, {4} changed, {5} unmodified\nAdded:       {6} ({7} stored)\nProcessed:   {8} files, {9} in {10}",
        "Fichiers :   {0} nouveaux, {1} changés, {2} inchangés\nDossiers :   {3} nouveaux, {4} changés, {5} inchangés\nAjouté :     {6} ({7} enregistrés)\nTraité :     {8} fichiers, {9} en {10}");
    public static readonly Sentence SnapshotSaved = new("snapshot {0} saved", "instantané {0} enregistré");
    public static readonly Sentence DryRun = new("This was a dry run: nothing was written.", "C'était une simulation : rien n'a été écrit.");
    public static readonly Sentence SourcesFailed = new(
        "{0} sources could not be read: the snapshot is there, without them. They are listed above; mend them and run again.",
        "{0} sources n'ont pas pu être lues : l'instantané existe, sans elles. Elles sont listées ci-dessus ; corrigez puis relancez.");
    public static readonly Sentence BackupDone = new("backup done", "sauvegarde terminée");
    public static readonly Sentence ItemNew = new("new        {0}, added {1}", "nouveau    {0}, ajouté {1}");
    public static readonly Sentence ItemChanged = new("changed    {0}, added {1}", "changé     {0}, ajouté {1}");
    public static readonly Sentence ItemUnmodified = new("unchanged  {0}", "inchangé   {0}");

    public static readonly Sentence Restoring = new("restoring snapshot {0} of {1} to {2}", "restauration de l'instantané {0} de {1} vers {2}");
    public static readonly Sentence RestoreSummary = new("Restored {0} files and {1} other items, {2} in {3}.", "{0} fichiers et {1} autres éléments restaurés, {2} en {3}.");
    public static readonly Sentence RestoreFailed = new(
        "{0} items could not be restored whole: they are listed above. The rest is there and verified.",
        "{0} éléments n'ont pas pu être restaurés entièrement : ils sont listés ci-dessus. Le reste est là et vérifié.");
    public static readonly Sentence RestorePartly = new(
        "Restored {0} of {1} files and {2} other items, {3} in {4}.",
        "{0} fichiers sur {1} et {2} autres éléments restaurés, {3} en {4}.");
    public static readonly Sentence RestoreDamaged = new(
        "{0} items could not be restored whole, {1} of them because stored data is missing or damaged: they are listed above. The rest is there and verified; another snapshot may have them whole. "
        + "Keep the repository as it is, and call the hotline with the output of \"backuponline check --read-data\".",
        "{0} éléments n'ont pas pu être restaurés entièrement, dont {1} parce que des données enregistrées manquent ou sont abîmées : ils sont listés ci-dessus. Le reste est là et vérifié ; un autre "
        + "instantané peut les avoir entiers. Gardez le dépôt tel quel, et appelez l'assistance avec le résultat de « backuponline check --read-data ».");
    public static readonly Sentence RestoreDespite = new("Everything that was asked for is restored and verified.", "Tout ce qui était demandé est restauré et vérifié.");
    public static readonly Sentence IndexDamaged = new(
        "{0} index files of the repository are damaged: they are named above, and what only they name cannot be found. Keep the repository as it is, and call the hotline with the output of "
        + "\"backuponline check --read-data\".",
        "{0} fichiers d'index du dépôt sont abîmés : ils sont nommés ci-dessus, et ce qu'eux seuls désignent est introuvable. Gardez le dépôt tel quel, et appelez l'assistance avec le résultat de "
        + "« backuponline check --read-data ».");
    public static readonly Sentence RestoreStopped = new("{0}", "La restauration s'est arrêtée. Vérifiez le dossier de destination, ses droits et sa place. ({0})");
    public static readonly Sentence RestoreDone = new("restore done", "restauration terminée");
    public static readonly Sentence IncludeAndExclude = new("--include and --exclude are both given: keep one of them.", "--include et --exclude sont donnés tous les deux : n'en gardez qu'un.");
    public static readonly Sentence NotAFolder = new("{0} is not a folder of snapshot {1}. \"backuponline ls {1}\" shows what it holds.", "{0} n'est pas un dossier de l'instantané {1}. « backuponline ls {1} » montre ce qu'il contient.");

    public static readonly Sentence CheckOk = new(
        "No errors: {0} snapshots, {1} folders, {2} packs{3}.",
        "Aucune erreur : {0} instantanés, {1} dossiers, {2} paquets{3}.");
    public static readonly Sentence CheckReadAll = new(", {0} read and verified", ", {0} lus et vérifiés");
    public static readonly Sentence CheckUnreferenced = new(
        "{0} packs belong to no snapshot: left by runs that were cut off. They do no harm; prune removes them.",
        "{0} paquets n'appartiennent à aucun instantané : restes d'opérations coupées. Ils ne gênent pas ; prune les retire.");
    public static readonly Sentence CheckFailed = new(
        "{0} errors were found: they are listed above. Keep the repository as it is, back up anew to another one if you can, and call the hotline with this output.",
        "{0} erreurs ont été trouvées : elles sont listées ci-dessus. Gardez le dépôt tel quel, sauvegardez si possible vers un autre, et appelez l'assistance avec ce résultat.");
    public static readonly Sentence CheckDone = new("check done", "vérification terminée");
    public static readonly Sentence ReadData = new("also read and verify every stored byte", "lire et vérifier aussi chaque octet enregistré");
}
