using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Commands;

internal static class CatSentences
{
    public static readonly Sentence Verb = new("print the inside of an object of the repository", "afficher l'intérieur d'un objet du dépôt");
    public static readonly Sentence Kind = new(
        "config, masterkey, key, index, snapshot, lock, pack, blob, tree",
        "config, masterkey, key, index, snapshot, lock, pack, blob, tree");
    public static readonly Sentence Id = new("the beginning of its id; for tree SNAPSHOT:FOLDER", "le début de son identifiant ; pour tree INSTANTANÉ:DOSSIER");
    public static readonly Sentence BadKind = new(
        "There is no kind of object \"{0}\": choose config, masterkey, key, index, snapshot, lock, pack, blob or tree.",
        "Il n'y a pas de type d'objet « {0} » : choisissez config, masterkey, key, index, snapshot, lock, pack, blob ou tree.");
    public static readonly Sentence NoId = new("Which one? \"cat {0}\" wants an id; \"backuponline list\" shows them.", "Lequel ? « cat {0} » attend un identifiant ; « backuponline list » les montre.");
    public static readonly Sentence TooMany = new("There is only one {0}: it takes no id.", "Il n'y a qu'un seul objet {0} : il ne prend pas d'identifiant.");
    public static readonly Sentence NoBlob = new("No blob of the index has an id that begins with \"{0}\".", "Aucun blob de l'index n'a un identifiant qui commence par « {0} ».");
    public static readonly Sentence SeveralBlobs = new("{0} blobs begin with \"{1}\": give more digits.", "{0} blobs commencent par « {1} » : donnez plus de chiffres.");
    public static readonly Sentence PackDamaged = new("The bytes of pack {0} do not have the hash that names it.", "Les octets du paquet {0} n'ont pas l'empreinte qui le nomme.");
}
