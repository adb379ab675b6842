namespace BackupOnline.Engine.Finding;

/// <summary>What a search makes of one item.</summary>
/// <param name="Hits">What it found there.</param>
/// <param name="Enter">For a folder: whether to look into it.</param>
/// <param name="ByTreeAlone">For a folder: what is found in it does not depend on where it stands, so that a tree in which nothing was found need not be read again.</param>
internal readonly record struct SearchStep<T>(IReadOnlyList<T> Hits, bool Enter, bool ByTreeAlone);
