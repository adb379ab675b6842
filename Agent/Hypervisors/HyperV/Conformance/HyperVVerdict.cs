namespace BackupOnline.Agent.Hypervisors.HyperV.Conformance;

/// <summary>What a host showed of a rule.</summary>
/// <param name="Holds">Null: the run did not come to see it.</param>
/// <param name="Detail">What was seen instead, or why nothing was.</param>
internal sealed record HyperVVerdict(HyperVRule Rule, bool? Holds, string Detail);
