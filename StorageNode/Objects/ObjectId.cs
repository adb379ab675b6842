using System.Buffers;

namespace BackupOnline.StorageNode.Objects;

/// <summary>One object of a vault. Only well-formed names ever become one, so that a path may be built from it.</summary>
internal readonly record struct ObjectId
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private ObjectId(ObjectType type, string name) => (Type, Name) = (type, name);

    public static ObjectId Config { get; } = new(ObjectType.Config, "config");

    public ObjectType Type { get; }

    /// <summary>SHA-256 of the object's bytes, 64 lowercase hexadecimal digits; <c>config</c> for the config.</summary>
    public string Name { get; }

    /// <summary>First two digits: the folder of a data object.</summary>
    public string Shard => Name[..2];

    public static bool IsName(ReadOnlySpan<char> name) => name.Length == 64 && !name.ContainsAnyExcept(HexDigits);

    public static ObjectId Named(ObjectType type, ReadOnlySpan<char> name) =>
        type != ObjectType.Config && IsName(name) ? new(type, name.ToString()) : throw new ArgumentException("Not the name of an object.", nameof(name));

    public override string ToString() => Type == ObjectType.Config ? Name : $"{Type.Word()}/{Name}";
}
