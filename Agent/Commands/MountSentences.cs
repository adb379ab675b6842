using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Commands;

internal static class MountSentences
{
    public static readonly Sentence Verb = new("show the repository as folders that can be browsed (Linux, FUSE)", "montrer le dépôt sous forme de dossiers à parcourir (Linux, FUSE)");
    public static readonly Sentence Point = new("a folder that is there", "un dossier qui existe");
    public static readonly Sentence AllowOther = new("let other users of the machine in too, as far as the files' rights allow", "laisser entrer aussi les autres utilisateurs de la machine, selon les droits des fichiers");
    public static readonly Sentence NoDefaultPermissions = new("with --allow-other: let them read everything, whatever the files' rights say", "avec --allow-other : les laisser tout lire, quels que soient les droits des fichiers");
    public static readonly Sentence OwnerRoot = new("everything belongs to root", "tout appartient à root");
    public static readonly Sentence PathTemplate = new(
        "where snapshots stand: %i short id, %I long id, %u user, %h host, %t tag, %T time (repeatable; default: ids/%i, snapshots/%T, hosts/%h/%T, tags/%t/%T)",
        "où se trouvent les instantanés : %i identifiant court, %I long, %u utilisateur, %h machine, %t étiquette, %T moment (répétable ; par défaut : ids/%i, snapshots/%T, hosts/%h/%T, tags/%t/%T)");
    public static readonly Sentence BadPathTemplate = new("after % comes one of i, I, u, h, t, T and %", "après % vient l'une des lettres i, I, u, h, t, T, ou %");
    public static readonly Sentence TimeTemplate = new(
        "what %T looks like: 2006-01-02 15:04:05 written as wished (default: 2006-01-02T15:04:05Z07:00)",
        "à quoi ressemble %T : 2006-01-02 15:04:05 écrit comme souhaité (par défaut : 2006-01-02T15:04:05Z07:00)");
    public static readonly Sentence BadTimeTemplate = new("no / in it, and not empty", "sans / et non vide");
    public static readonly Sentence Mounted = new(
        "The repository is mounted at {0}. Browse it from another window; Ctrl-C here, or \"umount {0}\", ends it.",
        "Le dépôt est monté sur {0}. Parcourez-le depuis une autre fenêtre ; Ctrl-C ici, ou « umount {0} », y met fin.");
    public static readonly Sentence Unmounted = new("{0} is unmounted.", "{0} est démonté.");
    public static readonly Sentence OnlyLinux = new("mount is there on Linux only. \"ls\", \"dump\" and \"restore\" work everywhere.", "mount n'existe que sous Linux. « ls », « dump » et « restore » fonctionnent partout.");
    public static readonly Sentence NoLibrary = new(
        "libfuse 3 (libfuse3.so.3 or .so.4) is not on this machine: install it (Debian, Ubuntu: apt install fuse3).",
        "libfuse 3 (libfuse3.so.3 ou .so.4) n'est pas sur cette machine : installez-la (Debian, Ubuntu : apt install fuse3).");
    public static readonly Sentence NoDevice = new(
        "The kernel has no FUSE here (/dev/fuse is missing): load it with \"modprobe fuse\", or give the container the device.",
        "Le noyau n'a pas FUSE ici (/dev/fuse manque) : chargez-le avec « modprobe fuse », ou donnez le périphérique au conteneur.");
    public static readonly Sentence NoFolder = new("{0} is not a folder: make it first.", "{0} n'est pas un dossier : créez-le d'abord.");
    public static readonly Sentence Refused = new(
        "{0} cannot be mounted; the reason stands above. Who is not root needs fusermount3 (package fuse3), and for --allow-other \"user_allow_other\" in /etc/fuse.conf.",
        "{0} ne peut pas être monté ; la raison figure ci-dessus. Sans être root, il faut fusermount3 (paquet fuse3), et pour --allow-other « user_allow_other » dans /etc/fuse.conf.");
    public static readonly Sentence Damaged = new(
        "{0} times something that was asked for could not be read. Run \"check --read-data\" to see what is damaged.",
        "{0} fois, ce qui était demandé n'a pas pu être lu. Lancez « check --read-data » pour voir ce qui est endommagé.");
}
