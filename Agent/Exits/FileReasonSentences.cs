using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Exits;

internal static class FileReasonSentences
{
    public static readonly Sentence NotFound = new("it does not exist", "il n'existe pas");
    public static readonly Sentence Denied = new("this user has no right to it, or it is a folder", "ce compte n'y a pas droit, ou c'est un dossier");
    public static readonly Sentence TooLong = new("the path is too long", "le chemin est trop long");
    public static readonly Sentence Full = new("the disk is full", "le disque est plein");
    public static readonly Sentence ReadOnly = new("the file system is mounted read-only", "le système de fichiers est monté en lecture seule");
}
