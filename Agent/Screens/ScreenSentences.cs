using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Screens;

internal static class ScreenSentences
{
    public static readonly Sentence Warning = new("Warning: ", "Attention : ");
    public static readonly Sentence Fatal = new("Fatal: ", "Erreur fatale : ");
    public static readonly Sentence ItemFailed = new("error: {0}: {1}", "erreur : {0} : {1}");
    public static readonly Sentence Stopping = new(
        "Stopping cleanly. Press Ctrl-C again to stop at once (nothing that was stored is lost either way).",
        "Arrêt en cours. Ctrl-C une seconde fois arrête aussitôt (rien de ce qui est déjà enregistré n'est perdu).");
    public static readonly Sentence Bar = new(
        "{0}  {1}  {2} files  {3}  {4}/s  left {5}{6}",
        "{0}  {1}  {2} fichiers  {3}  {4}/s  reste {5}{6}");
    public static readonly Sentence BarErrors = new("  errors {0}", "  erreurs {0}");
    public static readonly Sentence Scanning = new("counting", "décompte");
}
