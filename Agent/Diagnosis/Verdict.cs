namespace BackupOnline.Agent.Diagnosis;

internal enum Verdict
{
    Ok,
    Warn,
    Fail,
}
