namespace BackupOnline.Silo.Settings;

/// <summary>A setting is wrong; the message names it, its value and what to do.</summary>
internal sealed class SettingsException(string message) : Exception(message);
