using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Usage;

/// <summary>What stands between angle brackets for a value, by its English name; a name that is the same in both languages needs no entry.</summary>
internal static class ValueNames
{
    public static Sentence Of(string english) => new($"<{english}>", $"<{French(english)}>");

    private static string French(string english) => english switch
    {
        "command" => "commande",
        "count" => "nombre",
        "days" => "jours",
        "duration" => "durée",
        "file" => "fichier",
        "folder" => "dossier",
        "groups" => "groupes",
        "host" => "machine",
        "id" => "identifiant",
        "KiB/s" => "Kio/s",
        "kind" => "type",
        "limit" => "limite",
        "MiB" => "Mio",
        "n/t|x%|size" => "n/t|x%|taille",
        "name" => "nom",
        "name[:header]" => "nom[:en-tête]",
        "pack" => "paquet",
        "path" => "chemin",
        "pattern" => "motif",
        "period" => "période",
        "repository" => "dépôt",
        "size" => "taille",
        "snapshot" => "instantané",
        "taglist" or "tags" => "étiquettes",
        "time" => "date",
        "user" => "utilisateur",
        _ => english,
    };
}
