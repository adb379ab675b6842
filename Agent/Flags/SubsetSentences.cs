using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Flags;

internal static class SubsetSentences
{
    public static readonly Sentence Flag = new(
        "read and verify a part: n/t (part n of t, at most 256), x% or a size such as 500M, both by chance",
        "lire et vérifier une partie : n/t (partie n sur t, au plus 256), x% ou une taille comme 500M, toutes deux au hasard");
    public static readonly Sentence Bad = new(
        "write n/t with n from 1 to t and t at most 256, or more than 0% and at most 100%, or a size such as 500M",
        "écrivez n/t avec n de 1 à t et t au plus 256, ou plus de 0% et au plus 100%, ou une taille comme 500M");
    public static readonly Sentence AllAndPart = new(
        "--read-data reads everything and --read-data-subset a part: give one of them.",
        "--read-data lit tout et --read-data-subset une partie : donnez l'un des deux.");
}
