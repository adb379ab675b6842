using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Commands;

internal static class DumpSentences
{
    public static readonly Sentence Verb = new("write a file of a snapshot, or a folder as an archive, to standard output", "écrire un fichier d'un instantané, ou un dossier en archive, sur la sortie standard");
    public static readonly Sentence PathArgument = new("file or folder of the snapshot; / for all of it", "fichier ou dossier de l'instantané ; / pour tout");
    public static readonly Sentence Archive = new("for a folder: tar or zip (default: tar)", "pour un dossier : tar ou zip (par défaut : tar)");
    public static readonly Sentence Target = new("write to this file instead of standard output", "écrire dans ce fichier au lieu de la sortie standard");
    public static readonly Sentence BadArchive = new("choose tar or zip", "choisissez tar ou zip");
    public static readonly Sentence NotThere = new(
        "{0} is not in snapshot {1}. \"backuponline ls {1}\" shows what it holds.",
        "{0} n'est pas dans l'instantané {1}. « backuponline ls {1} » montre ce qu'il contient.");
    public static readonly Sentence NotDumpable = new(
        "{0} is neither a file nor a folder, so it has no content to write.",
        "{0} n'est ni un fichier ni un dossier : il n'a pas de contenu à écrire.");
    public static readonly Sentence ToTerminal = new(
        "An archive is not for the screen: use --target FILE, or lead standard output to a file or another program.",
        "Une archive n'est pas faite pour l'écran : utilisez --target FICHIER, ou dirigez la sortie standard vers un fichier ou un autre programme.");
    public static readonly Sentence CannotWrite = new("{0} cannot be written: {1}.", "{0} ne peut pas être écrit : {1}.");
    public static readonly Sentence StandardOutput = new("standard output", "la sortie standard");
    public static readonly Sentence Inexact = new(
        "{0} names or link targets are not UTF-8: in the archive such bytes are written as \\xHH. \"backuponline restore\" brings them back exactly.",
        "{0} noms ou cibles de liens ne sont pas en UTF-8 : dans l'archive ces octets sont écrits \\xHH. « backuponline restore » les rend exactement.");
}
