namespace BackupOnline.Agent.Languages;

/// <summary>A sentence that a person reads, in both languages; {0}, {1}, ... stand for values.</summary>
internal readonly record struct Sentence(string English, string French);
