using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Hypervisors;

/// <summary>What is said about the description of a hypervisor host.</summary>
internal static class HypervisorSentences
{
    public static readonly Sentence NoFile = new(
        "This host's machines are not described: write {0}, or name a file with --hypervisor or BACKUPONLINE_HYPERVISOR. docs/hot-backup-qemu.md shows what it holds.",
        "Les machines de cet hôte ne sont pas décrites : écrivez {0}, ou indiquez un fichier par --hypervisor ou BACKUPONLINE_HYPERVISOR. docs/hot-backup-qemu.md montre son contenu.");
    public static readonly Sentence Unreadable = new("The file {0} cannot be read: {1}.", "Le fichier {0} est illisible : {1}.");
    public static readonly Sentence NotToml = new("{0} is not TOML: {1}", "{0} n'est pas du TOML : {1}");
    public static readonly Sentence NotATable = new("{0}: {1} must be a table.", "{0} : {1} doit être une table.");
    public static readonly Sentence NotAText = new("{0}: {1} must be a text that is not empty.", "{0} : {1} doit être un texte non vide.");
    public static readonly Sentence UnknownKey = new("{0}: {1} is not known here. Known are: {2}.", "{0} : {1} est inconnu ici. Sont connus : {2}.");
    public static readonly Sentence UnknownDriver = new("{0}: the driver is qemu or hyperv, not {1}.", "{0} : le pilote est qemu ou hyperv, pas {1}.");
    public static readonly Sentence OnlyOnWindows = new(
        "The Hyper-V driver works on the Windows host itself: run the agent there.",
        "Le pilote Hyper-V fonctionne sur l'hôte Windows lui-même : lancez-y l'agent.");
    public static readonly Sentence GuardThawed = new(
        "The backup ended while the guest behind {0} was frozen. It is thawed.",
        "La sauvegarde a pris fin alors que la machine derrière {0} était gelée. Elle ne l'est plus.");
}
