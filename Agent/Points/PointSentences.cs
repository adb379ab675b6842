using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Points;

/// <summary>What the verbs on machines say.</summary>
internal static class PointSentences
{
    public static readonly Sentence Vm = new("Back up and restore virtual machines of this host by hand", "Sauvegarder et restaurer à la main les machines virtuelles de cet hôte");
    public static readonly Sentence List = new("List the machines of this host, and what each lacks for a hot backup", "Lister les machines de cet hôte, et ce qui manque à chacune pour une sauvegarde à chaud");
    public static readonly Sentence Backup = new("Make a recovery point of a running machine", "Faire un point de reprise d'une machine en marche");
    public static readonly Sentence Points = new("List recovery points", "Lister les points de reprise");
    public static readonly Sentence Restore = new("Make a machine anew from a recovery point: off, without network", "Refaire une machine depuis un point de reprise : arrêtée, sans réseau");
    public static readonly Sentence MachineArgument = new("name or id of the machine", "nom ou identifiant de la machine");
    public static readonly Sentence PointArgument = new("snapshot id of the point, or latest with --machine", "identifiant de l'instantané du point, ou latest avec --machine");
    public static readonly Sentence MachineFlag = new("only points of this machine (name or id)", "seulement les points de cette machine (nom ou identifiant)");
    public static readonly Sentence HypervisorFlag = new(
        "file that names this host's machines (default BACKUPONLINE_HYPERVISOR, else /etc/backuponline/hypervisor.toml)",
        "fichier qui nomme les machines de cet hôte (par défaut BACKUPONLINE_HYPERVISOR, sinon /etc/backuponline/hypervisor.toml)");
    public static readonly Sentence Full = new("read every disk whole, whatever the change tracking says", "lire chaque disque en entier, quoi que dise le suivi des changements");
    public static readonly Sentence FullAsked = new("asked for with --full", "demandé par --full");
    public static readonly Sentence ExcludeDisk = new("leave this disk out (its id); may be repeated", "laisser ce disque de côté (son identifiant) ; peut être répété");
    public static readonly Sentence Wanted = new("application, filesystem or crash: the consistency wanted (default application)", "application, filesystem ou crash : la cohérence voulue (application par défaut)");
    public static readonly Sentence Strict = new("no point rather than one of a weaker consistency", "plutôt pas de point qu'un point d'une cohérence moindre");
    public static readonly Sentence NewName = new("name of the new machine (default: the old name with -restored)", "nom de la nouvelle machine (par défaut : l'ancien nom avec -restored)");
    public static readonly Sentence Folder = new("folder for the images and the description", "dossier des images et de la description");
    public static readonly Sentence Format = new("qcow2, raw or vhdx (default qcow2)", "qcow2, raw ou vhdx (qcow2 par défaut)");
    public static readonly Sentence BadFormat = new("{0} knows qcow2, raw and vhdx, not {1}.", "{0} connaît qcow2, raw et vhdx, pas {1}.");
    public static readonly Sentence BadConsistency = new("{0} knows application, filesystem and crash, not {1}.", "{0} connaît application, filesystem et crash, pas {1}.");

    public static readonly Sentence Done = new("{0}: point {1}, {2} consistent", "{0} : point {1}, cohérence {2}");
    public static readonly Sentence DiskFull = new("  {0}: {1}, read whole ({2}), {3} read", "  {0} : {1}, lu en entier ({2}), {3} lus");
    public static readonly Sentence DiskIncremental = new("  {0}: {1}, {2} changed, {3} read", "  {0} : {1}, {2} changés, {3} lus");
    public static readonly Sentence Skipped = new("not in the point: {0}", "absent du point : {0}");
    public static readonly Sentence Weaker = new("the point is {0} consistent, not better: {1}", "la cohérence du point est {0}, pas mieux : {1}");
    public static readonly Sentence PutRight = new("put right first: {0}", "remis en ordre d'abord : {0}");
    public static readonly Sentence NotCommitted = new(
        "The point is kept, but the hypervisor could not be told ({0}). The next run does it first; nothing is lost.",
        "Le point est gardé, mais l'hyperviseur n'a pas pu en être informé ({0}). La prochaine exécution commence par là ; rien n'est perdu.");
    public static readonly Sentence NoMachine = new("No machine {0} on this host. \"backuponline vm list\" shows those that are there.", "Pas de machine {0} sur cet hôte. « backuponline vm list » montre celles qui y sont.");
    public static readonly Sentence ManyMachines = new("{0} machines are called {1}: name it by its id.", "{0} machines s'appellent {1} : désignez-la par son identifiant.");
    public static readonly Sentence NoPoint = new("There is no recovery point of {0}.", "Il n'y a pas de point de reprise de {0}.");
    public static readonly Sentence Restored = new(
        "{0} stands in {1}: off, and without network. Start it apart from the original, or after it was taken away.",
        "{0} est prête dans {1} : arrêtée et sans réseau. Démarrez-la à part de l'original, ou après son retrait.");
    public static readonly Sentence Hypervisor = new("{0}", "Hyperviseur : {0}");
    public static readonly Sentence PointUnreadable = new("{0}", "Point inutilisable : {0}");
    public static readonly Sentence ColumnMachine = new("Machine", "Machine");
    public static readonly Sentence ColumnState = new("State", "État");
    public static readonly Sentence ColumnAgent = new("Guest agent", "Agent invité");
    public static readonly Sentence ColumnDisks = new("Disks", "Disques");
    public static readonly Sentence ColumnConsistency = new("Consistency", "Cohérence");
    public static readonly Sentence ColumnBasis = new("Basis", "Base");
    public static readonly Sentence ColumnSize = new("Size", "Taille");
    public static readonly Sentence Blocker = new("  {0}: must be put right: {1} ({2})", "  {0} : à corriger : {1} ({2})");
    public static readonly Sentence Warning = new("  {0}: {1} ({2})", "  {0} : {1} ({2})");
    public static readonly Sentence MachineCount = new("{0} machines", "{0} machines");
    public static readonly Sentence PointCount = new("{0} recovery points", "{0} points de reprise");
    public static readonly Sentence AuditGood = new("{0}: {1} extents compared, none differs", "{0} : {1} zones comparées, aucune différence");
    public static readonly Sentence AuditBad = new(
        "{0}: {2} of {1} extents differ from the last point although the change tracking knows of no change. The next point reads this disk whole.",
        "{0} : {2} zones sur {1} diffèrent du dernier point alors que le suivi n'y connaît aucun changement. Le prochain point lira ce disque en entier.");
}
