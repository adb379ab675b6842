using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.BootTests;

internal static class BootSentences
{
    public static readonly Sentence Verb = new(
        "start a recovery point from the repository, alone and without copying it, and say whether it comes up",
        "démarrer un point de reprise depuis le dépôt, isolé et sans le copier, et dire s'il démarre");
    public static readonly Sentence PointArgument = new("id of the point's snapshot, or latest", "identifiant de l'instantané du point, ou latest");
    public static readonly Sentence Memory = new("memory of the test machine in MiB (default: 1024)", "mémoire de la machine de test en Mio (par défaut : 1024)");
    public static readonly Sentence Processors = new("its processors (default: 1)", "ses processeurs (par défaut : 1)");
    public static readonly Sentence Deadline = new(
        "how long it may take to come up, such as 90s or 10m (default: 10m)", "durée permise pour démarrer, par exemple 90s ou 10m (par défaut : 10m)");
    public static readonly Sentence Bus = new(
        "how its disks are attached: virtio, sata, nvme or scsi (default: virtio)", "rattachement de ses disques : virtio, sata, nvme ou scsi (par défaut : virtio)");
    public static readonly Sentence Accelerator = new(
        "tcg, which works everywhere, or kvm, which is many times faster where the host allows it (default: tcg)",
        "tcg, qui marche partout, ou kvm, bien plus rapide là où l'hôte le permet (par défaut : tcg)");
    public static readonly Sentence Expected = new(
        "good only when this text comes on the serial line (default: a login prompt there, or an answer of the guest agent)",
        "bon seulement si ce texte vient sur la ligne série (par défaut : une invite de connexion, ou une réponse de l'agent invité)");
    public static readonly Sentence Kernel = new("start this kernel of the host instead of the first disk", "démarrer ce noyau de l'hôte au lieu du premier disque");
    public static readonly Sentence Initrd = new("initial file system for --kernel", "système de fichiers initial pour --kernel");
    public static readonly Sentence Append = new("command line for --kernel", "ligne de commande pour --kernel");
    public static readonly Sentence Picture = new("write the screen at the verdict to this file, as PNG", "écrire l'écran au moment du verdict dans ce fichier, en PNG");
    public static readonly Sentence Log = new("write what came on the serial line to this file", "écrire dans ce fichier ce qui est venu sur la ligne série");
    public static readonly Sentence BadChoice = new("choose one of those that --help names", "choisissez une des valeurs que --help donne");
    public static readonly Sentence BadMemory = new("a number of MiB from 32 to 1048576", "un nombre de Mio de 32 à 1048576");
    public static readonly Sentence BadProcessors = new("a number from 1 to 64", "un nombre de 1 à 64");
    public static readonly Sentence NoDisks = new(
        "Snapshot {0} holds no disk (*.raw) in the one folder that a recovery point has. \"backuponline ls {0}\" shows what it holds.",
        "L'instantané {0} ne contient pas de disque (*.raw) dans l'unique dossier d'un point de reprise. « backuponline ls {0} » montre ce qu'il contient.");
    public static readonly Sentence CannotWrite = new("{0} cannot be written: {1}.", "{0} ne peut pas être écrit : {1}.");
    public static readonly Sentence NoQemu = new(
        "{0} Install QEMU (Debian and Ubuntu: apt-get install --no-install-recommends qemu-system-x86).",
        "{0} Installez QEMU (Debian et Ubuntu : apt-get install --no-install-recommends qemu-system-x86).");
    public static readonly Sentence QemuFailed = new("No verdict: {0}", "Pas de verdict : {0}");

    public static readonly Sentence Good = new("good: the point comes up after {0} s ({1}); {2} fetched", "bon : le point démarre après {0} s ({1}) ; {2} lus");
    public static readonly Sentence Bad = new("bad: {1} (after {0} s; {2} fetched)", "mauvais : {1} (après {0} s ; {2} lus)");
    public static readonly Sentence AgentAnswered = new("the guest agent answers: {0}", "l'agent invité répond : {0}");
    public static readonly Sentence TextSeen = new("on its serial line: {0}", "sur sa ligne série : {0}");
    public static readonly Sentence NothingBootable = new("the firmware finds nothing to start: {0}", "le micrologiciel ne trouve rien à démarrer : {0}");
    public static readonly Sentence GuestGaveUp = new("the guest gave up: {0}", "l'invité a renoncé : {0}");
    public static readonly Sentence StartsOver = new("it starts over and over again{0}", "elle redémarre sans cesse{0}");
    public static readonly Sentence TurnedOff = new("it turned itself off {0}", "elle s'est éteinte {0}");
    public static readonly Sentence Silent = new(
        "no sign of life; a machine without guest agent needs --expect, or a console on its serial line{0}",
        "aucun signe de vie ; sans agent invité il faut --expect, ou une console sur la ligne série{0}");
    public static readonly Sentence RepositoryDamaged = new("the repository is damaged: {0}", "le dépôt est endommagé : {0}");

    /// <summary>The reason in words, with what was seen.</summary>
    public static string Say(Speech speech, BootDecision decision) => speech.Say(
        decision.Reason switch
        {
            BootReason.AgentAnswered => AgentAnswered,
            BootReason.TextSeen => TextSeen,
            BootReason.NothingBootable => NothingBootable,
            BootReason.GuestGaveUp => GuestGaveUp,
            BootReason.StartsOver => StartsOver,
            BootReason.TurnedOff => TurnedOff,
            BootReason.Silent => Silent,
            _ => RepositoryDamaged,
        },
        decision.Detail).TrimEnd();
}
