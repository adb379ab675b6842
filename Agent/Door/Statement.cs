namespace BackupOnline.Agent.Door;

/// <summary>The month with its ranked curve, highest first.</summary>
internal sealed record Statement(TrafficMonth Month, IReadOnlyList<StatementPoint> Curve);
