using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Usage;

/// <summary>What stands between angle brackets for a value, by its English name; a name that is the same in both languages needs no entry.</summary>
internal static class ValueNames
{
    public static Sentence Of(string english) => new($"<{english}>", $"<{French(english)}>");

    private static string French(string english) => english switch
    {
        "command" => "commande",
        "duration" => "durée",
        "file" => "fichier",
        "folder" => "dossier",
        "host" => "machine",
        "id" => "identifiant",
        "MiB" => "Mio",
        "name[:header]" => "nom[:en-tête]",
        "path" => "chemin",
        "pattern" => "motif",
        "repository" => "dépôt",
        "size" => "taille",
        "snapshot" => "instantané",
        "taglist" or "tags" => "étiquettes",
        "time" => "date",
        _ => english,
    };
}
