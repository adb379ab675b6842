using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Commands;

internal static class StatsSentences
{
    public static readonly Sentence Verb = new("count files and bytes of snapshots", "compter les fichiers et les octets des instantanés");
    public static readonly Sentence Mode = new(
        "what to count: restore-size (default), files-by-contents, blobs-per-file, raw-data",
        "ce qu'il faut compter : restore-size (par défaut), files-by-contents, blobs-per-file, raw-data");
    public static readonly Sentence BadMode = new(
        "choose restore-size, files-by-contents, blobs-per-file or raw-data",
        "choisissez restore-size, files-by-contents, blobs-per-file ou raw-data");
    public static readonly Sentence Title = new("Counted as {0}:", "Compté par {0} :");
    public static readonly Sentence Snapshots = new("  Snapshots:    {0}", "  Instantanés :    {0}");
    public static readonly Sentence Files = new("  Files:        {0}", "  Fichiers :       {0}");
    public static readonly Sentence Blobs = new("  Blobs:        {0}", "  Blobs :          {0}");
    public static readonly Sentence Uncompressed = new("  Uncompressed: {0}", "  Non compressé :  {0}");
    public static readonly Sentence Compression = new(
        "  Compressed:   {0:F1} % of it, {1:F2} times smaller, {2:F1} % saved in all",
        "  Compressé :      {0:F1} % de cela, {1:F2} fois plus petit, {2:F1} % économisés en tout");
    public static readonly Sentence Size = new("  Size:         {0}", "  Taille :         {0}");
}
