namespace BackupOnline.Engine.Trees;

/// <summary>One extended attribute: its name with the namespace (<c>user.origin</c>) and its value, any bytes.</summary>
public sealed record ExtendedAttribute(string Name, ReadOnlyMemory<byte> Value);
