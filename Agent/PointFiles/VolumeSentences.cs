using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.PointFiles;

internal static class VolumeSentences
{
    public static readonly Sentence Verb = new("files inside the disks of a recovery point", "fichiers à l'intérieur des disques d'un point de reprise");
    public static readonly Sentence Ls = new("list a folder inside a disk, or without a path the volumes of the point", "lister un dossier d'un disque, ou sans chemin les volumes du point");
    public static readonly Sentence Get = new("write one file from inside a disk", "écrire un fichier pris dans un disque");
    public static readonly Sentence Path = new("path on the volume, with slashes: /etc/hosts, /Users/Public", "chemin sur le volume, avec des barres obliques : /etc/hosts, /Users/Public");
    public static readonly Sentence Volume = new(
        "disk and partition as \"vm files ls\" numbers them, such as 0:2, or 0 for a disk without partitions (default: the only one that can be read)",
        "disque et partition tels que « vm files ls » les numérote, par exemple 0:2, ou 0 pour un disque sans partitions (par défaut : le seul lisible)");
    public static readonly Sentence Target = new("write to this file instead of standard output", "écrire dans ce fichier au lieu de la sortie standard");
    public static readonly Sentence Missing = new(
        "{0} is not installed. Install it (Debian and Ubuntu: apt-get install --no-install-recommends {1}), then run this again.",
        "{0} n'est pas installé. Installez-le (Debian et Ubuntu : apt-get install --no-install-recommends {1}), puis relancez.");
    public static readonly Sentence CannotRead = new("{0}: {1}", "{0} : {1}");
    public static readonly Sentence CannotShow = new(
        "The volume cannot be shown as a file: {0} FUSE is needed (Debian and Ubuntu: package fuse3; /dev/fuse must be open to this user).",
        "Le volume ne peut pas être présenté comme un fichier : {0} FUSE est nécessaire (Debian et Ubuntu : paquet fuse3 ; /dev/fuse doit être ouvert à cet utilisateur).");
    public static readonly Sentence NoVolume = new(
        "The point has no volume {0}. \"backuponline vm files ls {1}\" lists them.",
        "Le point n'a pas de volume {0}. « backuponline vm files ls {1} » les énumère.");
    public static readonly Sentence Choose = new(
        "{0} volumes of the point can be read: choose one with --volume. \"backuponline vm files ls {1}\" lists them.",
        "{0} volumes du point sont lisibles : choisissez-en un avec --volume. « backuponline vm files ls {1} » les énumère.");
    public static readonly Sentence NotReadable = new(
        "Volume {0} holds {1}: only ext2, ext3, ext4 and NTFS can be read here. Restore the disk (\"backuponline restore\") and open it in a machine that knows it.",
        "Le volume {0} contient {1} : seuls ext2, ext3, ext4 et NTFS se lisent ici. Restaurez le disque (« backuponline restore ») et ouvrez-le dans une machine qui le connaît.");
    public static readonly Sentence Unknown = new("nothing that is known", "rien de connu");
    public static readonly Sentence NotAFile = new("{0} is not a file with content of its own.", "{0} n'est pas un fichier avec un contenu propre.");
    public static readonly Sentence NotThere = new("There is no {0} on volume {1}.", "Il n'y a pas de {0} sur le volume {1}.");
    public static readonly Sentence Short = new("{0} has {1} bytes, {2} could be read: it is damaged or sparse beyond what the tool reads.", "{0} fait {1} octets, {2} ont pu être lus : il est endommagé ou au-delà de ce que l'outil sait lire.");
    public static readonly Sentence CannotWrite = new("{0} cannot be written: {1}.", "{0} ne peut pas être écrit : {1}.");
    public static readonly Sentence ColumnDisk = new("Disk", "Disque");
    public static readonly Sentence ColumnSize = new("Size", "Taille");
    public static readonly Sentence ColumnKind = new("Holds", "Contient");
}
