namespace BackupOnline.Client.Problems;

/// <summary>What is wrong with one member of a request, by its JSON name.</summary>
internal sealed record FieldFault(string Field, string Detail);
