namespace BackupOnline.Client.Access;

/// <summary>Who may come in: the roles of keys, and hosts.</summary>
internal enum VisitorRole
{
    Reader,
    Manager,
    Operator,
    Host,
}
