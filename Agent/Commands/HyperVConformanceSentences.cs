using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Commands;

internal static class HyperVConformanceSentences
{
    public static readonly Sentence Verb = new(
        "compare this Hyper-V host with what the driver was tested against, on a test machine (makes checkpoints and removes them)",
        "comparer cet hôte Hyper-V avec ce sur quoi le pilote a été essayé, sur une machine d'essai (crée des points de contrôle et les retire)");
    public static readonly Sentence Machine = new("name or identifier of a running test machine", "nom ou identifiant d'une machine d'essai en marche");
    public static readonly Sentence Limit = new("how much of each disk is compared (default: 16G)", "part de chaque disque qui est comparée (par défaut : 16G)");
    public static readonly Sentence Wait = new("time between two points, in which the guest writes (default: 1m)", "temps entre deux points, pendant lequel l'invité écrit (par défaut : 1m)");
    public static readonly Sentence Transcript = new("file for the transcript (default: hyperv-conformance.jsonl)", "fichier de la transcription (par défaut : hyperv-conformance.jsonl)");
    public static readonly Sentence NotWindows = new(
        "hyperv-conformance runs on a Windows host with Hyper-V, as an administrator: copy backuponline.exe there",
        "hyperv-conformance s'exécute sur un hôte Windows avec Hyper-V, en administrateur : copiez-y backuponline.exe");
    public static readonly Sentence NoMachine = new("name a test machine with --machine; on this host are: {0}", "nommez une machine d'essai avec --machine ; sur cet hôte se trouvent : {0}");
    public static readonly Sentence Failed = new("the host cannot be asked: {0}", "l'hôte ne répond pas : {0}");
    public static readonly Sentence Summary = new(
        "{0} of {1} rules hold, {2} differ, {3} not seen; transcript: {4}", "{0} règles sur {1} sont respectées, {2} diffèrent, {3} non observées ; transcription : {4}");
}
