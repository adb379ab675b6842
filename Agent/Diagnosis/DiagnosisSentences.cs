using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Diagnosis;

internal static class DiagnosisSentences
{
    public static readonly Sentence Version = new("backuponline {0}, {1}", "backuponline {0}, {1}");

    public static readonly Sentence Enrolled = new("{0}: enrolled as {1}/{2}, vault {3}; readable by this account only", "{0} : inscrite comme {1}/{2}, coffre {3} ; lisible par ce compte seul");
    public static readonly Sentence NotEnrolled = new("{0} does not exist: this machine is not enrolled", "{0} n'existe pas : cette machine n'est pas inscrite");
    public static readonly Sentence NotEnrolledAdvice = new(
        "Enrol it (backuponline enroll --server URL), unless you name the repository yourself.",
        "Inscrivez-la (backuponline enroll --server URL), sauf si vous indiquez vous-même le dépôt.");
    public static readonly Sentence Pending = new("{0}: the enrolment was begun and not ended", "{0} : l'inscription est commencée mais pas terminée");
    public static readonly Sentence PendingAdvice = new("Run the same enroll command again with the same code, or with a new one.", "Relancez la même commande enroll avec le même code, ou avec un nouveau.");
    public static readonly Sentence Exposed = new("{0} holds secrets and has mode {1}", "{0} contient des secrets et a les droits {1}");
    public static readonly Sentence ExposedAdvice = new("Run: chmod 600 \"{0}\"; then ask for a new credential, for others may have read this one.", "Lancez : chmod 600 \"{0}\" ; puis demandez un nouvel identifiant, car d'autres ont pu lire celui-ci.");

    public static readonly Sentence Door = new("{0} is ready", "{0} est prête");
    public static readonly Sentence DoorAway = new("{0} does not answer: {1}", "{0} ne répond pas : {1}");
    public static readonly Sentence DoorAdvice = new(
        "Check the network, a proxy or firewall, and --cacert. Backups still work while only the door is away.",
        "Vérifiez le réseau, un mandataire ou pare-feu, et --cacert. Les sauvegardes fonctionnent même si seule la porte est absente.");

    public static readonly Sentence Clock = new("this machine's clock is within {0} of the server's", "l'horloge de cette machine est à {0} près celle du serveur");
    public static readonly Sentence ClockOff = new("this machine's clock is {0} {1} the server's", "l'horloge de cette machine est {1} celle du serveur de {0}");
    public static readonly Sentence ClockAdvice = new("Set it right: timedatectl set-ntp true (Windows: w32tm /resync).", "Réglez-la : timedatectl set-ntp true (Windows : w32tm /resync).");

    public static readonly Sentence NoRepositoryNamed = new("no repository is named", "aucun dépôt n'est indiqué");
    public static readonly Sentence Repository = new("{0} is reachable and the credential is accepted", "{0} est joignable et l'identifiant est accepté");
    public static readonly Sentence RepositoryEmpty = new("{0} is reachable, the credential is accepted, and there is no repository yet", "{0} est joignable, l'identifiant est accepté, et il n'y a pas encore de dépôt");
    public static readonly Sentence RepositoryEmptyAdvice = new("Make it: backuponline init.", "Créez-le : backuponline init.");
    public static readonly Sentence RepositoryFails = new("{0} cannot be used", "{0} est inutilisable");

    public static readonly Sentence Password = new("it opens the repository", "il ouvre le dépôt");
    public static readonly Sentence PasswordNotGiven = new("it is not given, so it was not tried", "il n'est pas donné, donc pas essayé");
    public static readonly Sentence PasswordNotGivenAdvice = new("For unattended backups set BACKUPONLINE_PASSWORD_FILE (mode 600).", "Pour des sauvegardes automatiques, définissez BACKUPONLINE_PASSWORD_FILE (droits 600).");
    public static readonly Sentence PasswordFails = new("it could not be tried or does not open the repository", "il n'a pas pu être essayé ou n'ouvre pas le dépôt");

    public static readonly Sentence Library = new("{0} is loaded", "{0} est chargée");
    public static readonly Sentence LibraryMissing = new("{0} cannot be loaded", "{0} ne peut pas être chargée");
    public static readonly Sentence LibraryBeside = new("Install the agent again: this file lies beside the program.", "Réinstallez l'agent : ce fichier accompagne le programme.");
    public static readonly Sentence LibraryCrypto = new("Install OpenSSL 3 (Debian: apt install libssl3); the agent works without it, more slowly.", "Installez OpenSSL 3 (Debian : apt install libssl3) ; l'agent fonctionne sans, plus lentement.");

    public static readonly Sentence Space = new("{0} has {1} free", "{0} a {1} libres");
    public static readonly Sentence SpaceAdvice = new("Make room there, or point TMPDIR to another disk.", "Faites-y de la place, ou dirigez TMPDIR vers un autre disque.");
    public static readonly Sentence SpaceUnknown = new("the free space of {0} cannot be read: {1}", "la place libre de {0} est illisible : {1}");

    public static readonly Sentence NoMounts = new("no network file system among the usual places", "aucun système de fichiers réseau parmi les emplacements habituels");
    public static readonly Sentence Mounts = new("network file systems, not eligible for backup (contract, article 3): {0}", "systèmes de fichiers réseau, non éligibles à la sauvegarde (contrat, article 3) : {0}");
    public static readonly Sentence MountsAdvice = new("Back these up on the machine that holds them.", "Sauvegardez-les sur la machine qui les héberge.");
    public static readonly Sentence Summary = new("{0} points examined: {1} to mend, {2} to look at.", "{0} points examinés : {1} à corriger, {2} à regarder.");
}
