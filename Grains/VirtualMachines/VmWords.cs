using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Grains.Interfaces.VirtualMachines;
using BackupOnline.Rules.Retention;
using BackupOnline.Rules.VirtualMachines;

namespace BackupOnline.Grains.VirtualMachines;

/// <summary>The rule's reasons in words: stable ones for the log and programs, sentences for people in both languages.</summary>
internal static class VmWords
{
    public const string AtRisk = "day-at-risk";
    public const string Lost = "day-lost";
    public const string Mismatch = "tracking-mismatch";
    public const string BootFailed = "boot-failed";

    /// <summary>A tombstone's reason: the window of 30 days, and nothing else held the point.</summary>
    public const string OutsideWindow = "outside-window";

    public static string ToCode(VmReason reason) => reason switch
    {
        VmReason.CatchUp => "catch-up",
        _ => "due",
    };

    public static string ToCode(VmTrouble trouble) => trouble switch
    {
        VmTrouble.HostAway => "host-away",
        VmTrouble.NotTakenUp => "not-taken-up",
        VmTrouble.AttemptsFail => "attempts-fail",
        VmTrouble.OperatorNeeded => "operator-needed",
        VmTrouble.MachineGone => "machine-gone",
        _ => "given-up",
    };

    public static string ToCode(KeepReason reason) => reason switch
    {
        KeepReason.LegalHold => "legal-hold",
        KeepReason.LastGood => "last-good",
        _ => reason.ToString().ToLowerInvariant(),
    };

    public static VmIncidentView ToView(VmIncidentState incident) => new()
    {
        Kind = incident.Kind,
        Cause = incident.Cause,
        Since = incident.Since,
        Text = Text(incident),
        Advice = Advice(incident),
    };

    private static BilingualText Text(VmIncidentState incident) => incident.Kind switch
    {
        AtRisk => Of($"La sauvegarde du {incident.Detail} n'est pas encore faite : {Why(incident.Cause).Fr}.", $"The backup of {incident.Detail} has not been made yet: {Why(incident.Cause).En}."),
        Lost => Of($"Aucun point de récupération pour le {incident.Detail} : {Why(incident.Cause).Fr}.", $"There is no recovery point of {incident.Detail}: {Why(incident.Cause).En}."),
        Mismatch => Of(
            $"Le disque {incident.Detail} diffère de son dernier point sans que le suivi des modifications l'ait signalé.",
            $"Disk {incident.Detail} differs from its last point although change tracking did not say so."),
        _ => Of($"Le test de démarrage du point {incident.Detail} a échoué.", $"The boot test of point {incident.Detail} failed."),
    };

    private static BilingualText Why(string cause) => cause switch
    {
        "host-away" => Of("l'hôte ne donne pas de nouvelles", "the host has not been heard of"),
        "not-taken-up" => Of("l'hôte est là mais n'a pas pris le travail", "the host is there but has not taken up the work"),
        "attempts-fail" => Of("les tentatives échouent", "the attempts fail"),
        "operator-needed" => Of("une intervention est nécessaire", "a person has to act first"),
        "machine-gone" => Of("l'hôte n'a plus cette machine", "the host no longer has this machine"),
        "service-away" => Of("le service n'était pas en marche ce jour-là", "the service did not run on that day"),
        "given-up" => Of("toutes les tentatives ont échoué", "all attempts failed"),
        _ => Of("cause inconnue", "cause unknown"),
    };

    private static BilingualText Advice(VmIncidentState incident) => (incident.Kind, incident.Cause) switch
    {
        (Mismatch, _) => Of("Rien à faire : la prochaine sauvegarde relit ce disque en entier. Si cela se répète, signalez-le.", "Nothing: the next backup reads this disk whole. If it happens again, report it."),
        (BootFailed, _) => Of("Regardez l'image du test, puis lancez une sauvegarde et un nouveau test.", "Look at the picture of the test, then run a backup and another test."),
        (_, "host-away") => Of("Vérifiez que l'hôte est allumé, qu'il atteint le service et que « backuponline host run » y tourne.", "Check that the host is on, reaches the service and runs 'backuponline host run'."),
        (_, "not-taken-up") => Of("Voyez le journal de l'agent sur l'hôte ; redémarrez « backuponline host run ».", "See the agent's log on the host; restart 'backuponline host run'."),
        (_, "operator-needed") => Of("Lisez l'échec de la dernière tentative et levez sa cause ; puis lancez la sauvegarde.", "Read why the last attempt failed and remove the cause; then run the backup now."),
        (_, "service-away") => Of("Rien à faire chez vous : le fournisseur doit dire pourquoi.", "Nothing on your side: the provider owes you the reason."),
        (_, "machine-gone") => Of("Remettez la machine sur son hôte, ou mettez sa sauvegarde en pause.", "Bring the machine back to its host, or pause its backup."),
        _ => Of("Lisez l'échec de la dernière tentative ; lancez la sauvegarde quand la cause est levée.", "Read why the last attempt failed; run the backup now when the cause is gone."),
    };

    private static BilingualText Of(string fr, string en) => new() { Fr = fr, En = en };
}
