using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Hosting;

/// <summary>What <c>host run</c> says.</summary>
internal static class HostSentences
{
    public static readonly Sentence Host = new("Work for the service as a hypervisor host", "Travailler pour le service comme hôte d'hyperviseur");
    public static readonly Sentence Run = new(
        "Hold a connection to the service and carry out its jobs: back up, restore, audit and boot-test this host's machines. Runs until it is stopped.",
        "Garder une connexion au service et exécuter ses travaux : sauvegarder, restaurer, contrôler et démarrer à l'essai les machines de cet hôte. Dure jusqu'à l'arrêt.");
    public static readonly Sentence Thaw = new(
        "Thaw this host's machines that an interrupted run left frozen, and do nothing else",
        "Dégeler les machines de cet hôte qu'une exécution interrompue a laissées gelées, et ne rien faire d'autre");
    public static readonly Sentence Thawed = new("{0} was frozen, and is thawed", "{0} était gelée, et ne l'est plus");
    public static readonly Sentence ThawUnknown = new(
        "The guest agent of {0} does not answer: whether the machine is frozen is not known. Should it stand still, run 'fsfreeze -u' in it or start its agent anew.",
        "L'agent invité de {0} ne répond pas : on ignore si la machine est gelée. Si elle ne bouge plus, lancez-y « fsfreeze -u » ou redémarrez son agent.");
    public static readonly Sentence Slots = new("jobs at the same time, 1 to 16 (default 2)", "travaux simultanés, de 1 à 16 (2 par défaut)");
    public static readonly Sentence BadSlots = new("{0} is not a number from 1 to 16: {1}", "{0} n'est pas un nombre de 1 à 16 : {1}");
    public static readonly Sentence NotEnrolled = new(
        "This machine is not enrolled. Announce the host at the service, then run: backuponline enroll --server URL",
        "Cette machine n'est pas inscrite. Déclarez l'hôte auprès du service, puis lancez : backuponline enroll --server URL");
    public static readonly Sentence Started = new("host {0}/{1}: {2} machines by {3}, vault {4}", "hôte {0}/{1} : {2} machines par {3}, coffre {4}");
    public static readonly Sentence Unproven = new("driver {0}: {1}", "pilote {0} : {1}");
    public static readonly Sentence Connected = new("connected to {0}", "connecté à {0}");
    public static readonly Sentence Away = new("the service is away ({0}); trying again in {1}", "le service est absent ({0}) ; nouvel essai dans {1}");
    public static readonly Sentence Refused = new("the service refused: {0}", "le service a refusé : {0}");
    public static readonly Sentence SurveyFailed = new("the hypervisor cannot be asked: {0}", "l'hyperviseur ne répond pas : {0}");
    public static readonly Sentence WorkBegun = new("{0}: {1} of {2}, attempt {3}", "{0} : {1} de {2}, tentative {3}");
    public static readonly Sentence WorkDone = new("{0}: done. {1}", "{0} : terminé. {1}");
    public static readonly Sentence WorkFailed = new("{0}: failed ({1}). {2}", "{0} : échec ({1}). {2}");
    public static readonly Sentence KeyNotReady = new(
        "The service has not sealed the vault's key for this host yet. It will be tried again.",
        "Le service n'a pas encore scellé la clé du coffre pour cet hôte. Un nouvel essai suivra.");
    public static readonly Sentence KeyRefused = new(
        "The service gives no key of vault {0}: {1}. For a vault with a key of your own, give it with BACKUPONLINE_PASSWORD_FILE.",
        "Le service ne donne pas de clé pour le coffre {0} : {1}. Pour un coffre dont vous avez la clé, donnez-la par BACKUPONLINE_PASSWORD_FILE.");
    public static readonly Sentence KeyUnreadable = new(
        "The vault's key was sealed for another host key than this one. Was this machine enrolled anew? Call the hotline.",
        "La clé du coffre a été scellée pour une autre clé d'hôte. Cette machine a-t-elle été inscrite de nouveau ? Appelez l'assistance.");
    public static readonly Sentence MachineGone = new("No machine {0} on this host any more.", "Plus de machine {0} sur cet hôte.");
    public static readonly Sentence Stopped = new("stopped", "arrêté");
    public static readonly Sentence OutcomeLater = new(
        "{0}: the service could not be told how it ended; that is kept, and told when it answers again",
        "{0} : l'issue n'a pas pu être dite au service ; elle est gardée, et sera dite quand il répondra");
    public static readonly Sentence OutcomeLost = new("{0}: the service could not be told how it ended, and never will be", "{0} : l'issue n'a pas pu être dite au service, et ne le sera pas");
    public static readonly Sentence OutcomeTold = new("{0}: the service now knows how it ended", "{0} : le service en connaît maintenant l'issue");
    public static readonly Sentence OutcomeNotKept = new(
        "{0}: how it ended could not be written to {1} ({2}). Should this host stop, or the service stay away for 10 minutes, it will be lost.",
        "{0} : l'issue n'a pas pu être écrite dans {1} ({2}). Si cet hôte s'arrête, ou si le service reste absent 10 minutes, elle sera perdue.");
    public static readonly Sentence OutcomeUnreadable = new(
        "{0} cannot be read ({1}) and is set aside: the service is not told how that job ended.",
        "{0} est illisible ({1}) et mis de côté : le service ne saura pas comment ce travail s'est terminé.");
    public static readonly Sentence LeftoverPutRight = new("{0}: put right what an interrupted run had left: {1}", "{0} : remis en ordre après une exécution interrompue : {1}");
    public static readonly Sentence NotWithin = new("not done within {0}", "pas fait en {0}");
    public static readonly Sentence LeftoversLater = new(
        "What an interrupted run left cannot be put right now ({0}); each machine's next point does it first.",
        "Ce qu'une exécution interrompue a laissé ne peut être remis en ordre maintenant ({0}) ; le prochain point de chaque machine commence par là.");
    public static readonly Sentence Superseded = new("the service gave this attempt to somebody else: {0}", "le service a confié cette tentative à un autre : {0}");
}
