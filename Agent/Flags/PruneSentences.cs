using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Flags;

internal static class PruneSentences
{
    public static readonly Sentence MaxUnused = new(
        "unused data that may stay: a size, a part such as 5%, or unlimited (default 5%)",
        "données inutiles qui peuvent rester : une taille, une part comme 5%, ou unlimited (5% par défaut)");
    public static readonly Sentence MaxRepackSize = new("repack at most so much (K, M, G, T); 0 for none", "réécrire au plus cette taille de paquets (K, M, G, T) ; 0 pour aucun");
    public static readonly Sentence RepackCacheableOnly = new("repack only packs of trees", "ne réécrire que les paquets d'arborescences");
    public static readonly Sentence RepackSmall = new("also repack packs far below the usual size", "réécrire aussi les paquets bien plus petits que d'habitude");
    public static readonly Sentence Grace = new(
        "work beside running backups: mark what is unused, remove it only when it stayed unused for so long, such as 24h (default 0: alone, and at once)",
        "travailler à côté des sauvegardes en cours : marquer ce qui est inutile, ne le retirer qu'après ce délai, par exemple 24h (0 par défaut : seul, et aussitôt)");
    public static readonly Sentence UnsafeRecover = new(
        "last resort on a full disk: remove before the index is rewritten. Try --max-repack-size 0 first",
        "dernier recours sur un disque plein : retirer avant de réécrire l'index. Essayez d'abord --max-repack-size 0");
    public static readonly Sentence UnsafeNeedsId = new(
        "--unsafe-recover-no-free-space removes data before the index is rewritten. If it is cut off, the index names packs that are gone, and \"backuponline repair index\" has to mend it. "
        + "Try \"backuponline prune --max-repack-size 0\" first. To go on, give the id of the repository: --unsafe-recover-no-free-space {0}",
        "--unsafe-recover-no-free-space retire des données avant de réécrire l'index. En cas de coupure, l'index désigne des paquets disparus, et « backuponline repair index » doit le corriger. "
        + "Essayez d'abord « backuponline prune --max-repack-size 0 ». Pour continuer, donnez l'identifiant du dépôt : --unsafe-recover-no-free-space {0}");
    public static readonly Sentence BadUnused = new("a limit looks like 5%, 200M or unlimited", "une limite s'écrit 5%, 200M ou unlimited");
    public static readonly Sentence BadPercent = new("a part is at least 0% and below 100%", "une part est d'au moins 0% et inférieure à 100%");

    public static readonly Sentence Plan = new(
        "{0} snapshots need {1}.\nto repack:  {2} packs, {3} of them unused\nto remove:  {4} packs, {5}\nto wait:    {6} packs, {7}\nleft unused: {8}",
        "{0} instantanés ont besoin de {1}.\nà réécrire : {2} paquets, dont {3} inutiles\nà retirer :  {4} paquets, {5}\nen attente : {6} paquets, {7}\nrestent inutiles : {8}");
    public static readonly Sentence PackLine = new("pack {0}: {1}, {2} ({3}, {4} unused)", "paquet {0} : {1}, {2} ({3}, dont {4} inutiles)");
    public static readonly Sentence Done = new(
        "Removed {0} packs ({1}), wrote {2} new ones ({3}).",
        "{0} paquets retirés ({1}), {2} nouveaux écrits ({3}).");
    public static readonly Sentence Waiting = new(
        "{0} packs ({1}) are marked: a prune after their grace time of {2} removes them if nothing needs them by then.",
        "{0} paquets ({1}) sont marqués : un prune les retirera après leur délai de {2}, si rien n'en a besoin d'ici là.");
    public static readonly Sentence DueButLocked = new(
        "The grace time of {0} packs is over, but others work on the repository: the next prune removes them. ({1})",
        "Le délai de {0} paquets est passé, mais d'autres travaillent sur le dépôt : le prochain prune les retirera. ({1})");
    public static readonly Sentence Remnants = new(
        "Removed {0} files ({1}) that writers which were killed had left.",
        "{0} fichiers ({1}) laissés par des écritures interrompues ont été retirés.");
    public static readonly Sentence NothingToDo = new("There is nothing to remove.", "Il n'y a rien à retirer.");
    public static readonly Sentence Damaged = new(
        "{0} packs could not be read whole: they are named above and stay as they are. Everything else was done. Call the hotline with the output of \"backuponline check --read-data\".",
        "{0} paquets n'ont pas pu être lus entièrement : ils sont nommés ci-dessus et restent tels quels. Tout le reste est fait. Appelez l'assistance avec le résultat de "
        + "« backuponline check --read-data ».");
}
