namespace BackupOnline.Agent.Hypervisors.Dpm;

/// <summary>An active alert.</summary>
/// <param name="Kind">From the name of its enumeration value, never from its text, which is in the server's language.</param>
/// <param name="Name">That name, as DPM gives it.</param>
/// <param name="Text">For people.</param>
internal sealed record DpmAlert(DpmAlertKind Kind, string Name, string Text);
