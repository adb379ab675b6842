namespace BackupOnline.Client.Settings;

/// <summary>A certificate chain and its private key, both PEM.</summary>
internal sealed record TlsFiles(string Certificate, string Key);
