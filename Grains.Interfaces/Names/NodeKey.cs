namespace BackupOnline.Grains.Interfaces.Names;

/// <summary>Key of a Node grain, <c>node/node1</c>.</summary>
public readonly record struct NodeKey(string Node)
{
    public override string ToString() => $"node/{Node}";

    public static NodeKey Parse(string key) => new(KeyText.Split(key, "node", 1)[0]);
}
