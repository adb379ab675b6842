namespace BackupOnline.Engine.Trees;

/// <summary>The bytes of a tree are not a tree, or hold what no file system could have given: damage, or an attack on who restores it.</summary>
public sealed class TreeFormatException(string message, Exception? inner = null) : Exception(message, inner);
