using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Commands;

internal static class DiffSentences
{
    public static readonly Sentence Verb = new("show what differs between two snapshots", "montrer ce qui diffère entre deux instantanés");
    public static readonly Sentence First = new("the earlier snapshot: id, latest, or SNAPSHOT:FOLDER", "l'instantané de départ : identifiant, latest, ou INSTANTANÉ:DOSSIER");
    public static readonly Sentence Second = new("the later snapshot", "l'instantané d'arrivée");
    public static readonly Sentence Metadata = new("also show items whose metadata alone differ", "montrer aussi ce dont seuls les attributs diffèrent");
    public static readonly Sentence Summary = new(
        "\nFiles:       {0,5} new, {1,5} removed, {2,5} changed\nFolders:     {3,5} new, {4,5} removed\nOthers:      {5,5} new, {6,5} removed\n"
        + "Data blobs:  {7,5} new, {8,5} removed\nTree blobs:  {9,5} new, {10,5} removed\n  Added:   {11}\n  Removed: {12}",
        "\nFichiers :   {0,5} nouveaux, {1,5} retirés, {2,5} changés\nDossiers :   {3,5} nouveaux, {4,5} retirés\nAutres :     {5,5} nouveaux, {6,5} retirés\n"
        + "Blobs :      {7,5} nouveaux, {8,5} retirés\nArbres :     {9,5} nouveaux, {10,5} retirés\n  Ajouté : {11}\n  Retiré : {12}");
}
