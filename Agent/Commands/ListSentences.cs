using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Commands;

internal static class ListSentences
{
    public static readonly Sentence Verb = new("list the ids of the repository's objects", "lister les identifiants des objets du dépôt");
    public static readonly Sentence Kind = new("blobs, packs, index, snapshots, keys, locks", "blobs, packs, index, snapshots, keys, locks");
    public static readonly Sentence BadKind = new(
        "There is no list \"{0}\": choose blobs, packs, index, snapshots, keys or locks.",
        "Il n'y a pas de liste « {0} » : choisissez blobs, packs, index, snapshots, keys ou locks.");
}
