using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Pacing;

internal static class PacingSentences
{
    public static readonly Sentence Quiet = new(
        "sending quietly, at {0} Mbit/s, until {1:HH:mm}: it spares the month's burst (--urgent goes at full speed)",
        "envoi calme, à {0} Mbit/s, jusqu'à {1:HH:mm} : le débit de pointe du mois est épargné (--urgent envoie à pleine vitesse)");
    public static readonly Sentence Raised = new(
        "sending evenly, at {0} Mbit/s, until {1:HH:mm}: the month's burst does not suffice (--urgent goes at full speed)",
        "envoi régulier, à {0} Mbit/s, jusqu'à {1:HH:mm} : le débit de pointe du mois ne suffit pas (--urgent envoie à pleine vitesse)");
}
