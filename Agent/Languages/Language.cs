namespace BackupOnline.Agent.Languages;

internal enum Language
{
    English,
    French,
}
