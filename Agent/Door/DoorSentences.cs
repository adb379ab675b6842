using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Door;

internal static class DoorSentences
{
    public static readonly Sentence Away = new(
        "The service's door does not answer ({0}). The run goes on without it; the snapshot itself will prove the backup.",
        "La porte du service ne répond pas ({0}). L'opération continue sans elle ; l'instantané prouvera lui-même la sauvegarde.");
    public static readonly Sentence Refused = new(
        "The service's door does not follow this run ({0}). The run goes on; tell the hotline if this stays.",
        "La porte du service ne suit pas cette opération ({0}). L'opération continue ; prévenez l'assistance si cela dure.");
    public static readonly Sentence Suspended = new(
        "The contract is suspended: {0} Nothing was changed. Call the hotline.",
        "Le contrat est suspendu : {0} Rien n'a été modifié. Appelez l'assistance.");
}
