using BackupOnline.Grains.Interfaces.Hosts;

namespace BackupOnline.Grains.Hosts;

/// <summary>How a virtual machine's job stands with its host.</summary>
/// <param name="Version">The job's, when it told so.</param>
/// <param name="Offered">Free to be taken; else an attempt is under way.</param>
internal sealed record HostWork(WorkOffer Offer, long Version, bool Offered);
