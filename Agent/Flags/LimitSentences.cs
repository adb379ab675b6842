using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Flags;

internal static class LimitSentences
{
    public static readonly Sentence Upload = new("send at most so many KiB per second, 8 or more (0: no limit)", "envoyer au plus tant de Kio par seconde, 8 ou plus (0 : sans limite)");
    public static readonly Sentence Download = new("receive at most so many KiB per second, 8 or more (0: no limit)", "recevoir au plus tant de Kio par seconde, 8 ou plus (0 : sans limite)");
    public static readonly Sentence Bad = new("it is a number of KiB per second, 8 or more, or 0 for no limit", "c'est un nombre de Kio par seconde, 8 ou plus, ou 0 pour ne pas limiter");
}
