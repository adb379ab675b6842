using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Flags;

internal static class CacheSentences
{
    public static readonly Sentence NoCache = new("use no local cache", "ne pas utiliser de cache local");
    public static readonly Sentence CacheDir = new(
        "folder of the local cache, also for a repository in a folder (env BACKUPONLINE_CACHE_DIR, RESTIC_CACHE_DIR; default: backuponline in the user's cache folder)",
        "dossier du cache local, aussi pour un dépôt dans un dossier (env. BACKUPONLINE_CACHE_DIR, RESTIC_CACHE_DIR ; par défaut : backuponline dans le dossier de cache de l'utilisateur)");
    public static readonly Sentence Verb = new("list or remove the local caches", "lister ou retirer les caches locaux");
    public static readonly Sentence Cleanup = new("remove those that were not used for --max-age days", "retirer ceux qui n'ont pas servi depuis --max-age jours");
    public static readonly Sentence MaxAge = new("days, with --cleanup (default: 30)", "jours, avec --cleanup (par défaut : 30)");
    public static readonly Sentence BadMaxAge = new("it is a number of days, 0 or more", "c'est un nombre de jours, 0 ou plus");
    public static readonly Sentence Removed = new("removed", "retiré");
    public static readonly Sentence Count = new("{0} caches in {1}", "{0} caches dans {1}");
}
