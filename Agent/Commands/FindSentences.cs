using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Commands;

internal static class FindSentences
{
    public static readonly Sentence Verb = new("look for files in all snapshots, or for what uses a blob, tree or pack", "chercher des fichiers dans tous les instantanés, ou ce qui utilise un blob, un arbre ou un paquet");
    public static readonly Sentence PatternArgument = new("names or patterns; with --blob, --tree or --pack the beginnings of ids", "noms ou motifs ; avec --blob, --tree ou --pack, des débuts d'identifiants");
    public static readonly Sentence Oldest = new("only what was modified at this date or later", "seulement ce qui a été modifié à cette date ou après");
    public static readonly Sentence Newest = new("only what was modified at this date or earlier", "seulement ce qui a été modifié à cette date ou avant");
    public static readonly Sentence Snapshot = new("only in this snapshot (repeatable)", "seulement dans cet instantané (répétable)");
    public static readonly Sentence IgnoreCase = new("upper or lower case alike", "sans distinguer majuscules et minuscules");
    public static readonly Sentence Reverse = new("newest snapshot first", "instantané le plus récent d'abord");
    public static readonly Sentence Blob = new("look for parts of files", "chercher des morceaux de fichiers");
    public static readonly Sentence Tree = new("look for folders by the id of their tree", "chercher des dossiers par l'identifiant de leur arbre");
    public static readonly Sentence Pack = new("look for everything that lies in these packs", "chercher tout ce qui se trouve dans ces paquets");
    public static readonly Sentence ShowPack = new("with --blob or --tree: also say in which pack it lies", "avec --blob ou --tree : dire aussi dans quel paquet il se trouve");
    public static readonly Sentence OneKind = new("--blob, --tree and --pack are different questions: give one of them.", "--blob, --tree et --pack sont des questions différentes : donnez-en une seule.");
    public static readonly Sentence BadId = new("\"{0}\" is not the beginning of an id: an id is hexadecimal digits.", "« {0} » n'est pas un début d'identifiant : un identifiant se compose de chiffres hexadécimaux.");
    public static readonly Sentence InSnapshot = new("snapshot {0} of {1:yyyy-MM-dd HH:mm:ss}:", "instantané {0} du {1:yyyy-MM-dd HH:mm:ss} :");
    public static readonly Sentence FoundBlob = new("blob {0}\n  in the file {1}\n  (tree {2})\n  in snapshot {3} of {4:yyyy-MM-dd HH:mm:ss}", "blob {0}\n  dans le fichier {1}\n  (arbre {2})\n  dans l'instantané {3} du {4:yyyy-MM-dd HH:mm:ss}");
    public static readonly Sentence FoundTree = new("tree {0}\n  is the folder {1}\n  in snapshot {2} of {3:yyyy-MM-dd HH:mm:ss}", "arbre {0}\n  est le dossier {1}\n  dans l'instantané {2} du {3:yyyy-MM-dd HH:mm:ss}");
    public static readonly Sentence InPack = new("{0} lies in pack {1} at {2}, {3} bytes", "{0} se trouve dans le paquet {1} à {2}, {3} octets");
    public static readonly Sentence InNoPack = new("{0} is in no index file", "{0} n'est dans aucun fichier d'index");
}
