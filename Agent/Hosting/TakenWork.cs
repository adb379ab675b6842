using BackupOnline.Agent.Door;

namespace BackupOnline.Agent.Hosting;

/// <summary>The door's answer to an attempt: the lease and the order.</summary>
internal sealed record TakenWork(Job? Job, WorkOrder? Order);
