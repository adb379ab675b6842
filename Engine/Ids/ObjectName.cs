namespace BackupOnline.Engine.Ids;

/// <summary>
/// What an object is called in a store. <see cref="Name"/> is <c>config</c> for the config and otherwise 64 lowercase hexadecimal digits:
/// a name made here can be joined to a folder or a URL without any escaping.
/// </summary>
public readonly record struct ObjectName
{
    private const string ConfigName = "config";

    /// <exception cref="ArgumentException">The name is not one that the format allows for this kind.</exception>
    public ObjectName(ObjectKind kind, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (kind == ObjectKind.Config ? name != ConfigName : !ObjectId.TryParse(name, out _))
            throw new ArgumentException($"'{name}' is not a name of a {kind} object.", nameof(name));
        Kind = kind;
        Name = name;
    }

    public ObjectName(ObjectKind kind, ObjectId id)
        : this(kind, id.ToString())
    {
    }

    /// <summary>The name of the config.</summary>
    public static ObjectName Config { get; } = new(ObjectKind.Config, ConfigName);

    public ObjectKind Kind { get; }

    public string Name { get; }

    /// <summary>The hash that the stored bytes must have.</summary>
    /// <exception cref="FormatException">The config, which is not named by its hash.</exception>
    public ObjectId Id => ObjectId.Parse(Name);

    /// <summary>The folder of a kind, the same word locally and in the REST protocol.</summary>
    public static string Folder(ObjectKind kind) => kind switch
    {
        ObjectKind.Key => "keys",
        ObjectKind.Lock => "locks",
        ObjectKind.Snapshot => "snapshots",
        ObjectKind.Index => "index",
        ObjectKind.Data => "data",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The config has no folder."),
    };

    /// <summary>The path below the repository as the REST protocol has it: <c>config</c> or <c>data/01ab...</c>.</summary>
    public override string ToString() => Kind == ObjectKind.Config ? ConfigName : $"{Folder(Kind)}/{Name}";
}
