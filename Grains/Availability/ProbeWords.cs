using BackupOnline.Grains.Interfaces.Availability;
using BackupOnline.Persistence.Availability;

namespace BackupOnline.Grains.Availability;

/// <summary>Outcomes as words of tables and logs, and what an operator should look at.</summary>
internal static class ProbeWords
{
    public static string Word(ProbeOutcome outcome) => outcome switch
    {
        ProbeOutcome.Good => ProbeRun.Good,
        ProbeOutcome.Suspended => "suspended",
        ProbeOutcome.Connect => "connect",
        ProbeOutcome.Tls => "tls",
        ProbeOutcome.Status => "status",
        ProbeOutcome.DiskFull => "disk-full",
        ProbeOutcome.WrongBytes => "wrong-bytes",
        ProbeOutcome.Timeout => "timeout",
        ProbeOutcome.Credential => "credential",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    public static ProbeOutcome Parse(string word) => Enum.GetValues<ProbeOutcome>().First(outcome => Word(outcome) == word);

    /// <summary>The probable cause, and where to look; the minutes stay ours until an operator says otherwise.</summary>
    public static string Advice(ProbeOutcome outcome) => outcome switch
    {
        ProbeOutcome.Connect => "Probably ours: nobody answers at the node's address. Look whether its silo runs, then at the network between prober and node.",
        ProbeOutcome.Tls => "Ours: the node's certificate is not accepted. Look at its dates and names.",
        ProbeOutcome.Status => "Ours: the shelf answers with an error. Look at its log and its disk.",
        ProbeOutcome.DiskFull => "Ours: the node's disk is full. Make room, or add a disk.",
        ProbeOutcome.WrongBytes => "Ours, and urgent: what was read is not what was written. Look at the node's disk and memory, and check the vault.",
        ProbeOutcome.Timeout => "Probably ours: the node is too slow, or the network loses packets. Look at its load and at the network.",
        ProbeOutcome.Credential => "Ours: the shelf does not accept the service's own prober. Look whether the silos answer, and at the clocks.",
        _ => "",
    };
}
