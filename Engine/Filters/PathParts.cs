using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Filters;

/// <summary>A path in components, where the root of an absolute path is a component <c>/</c> of its own.</summary>
internal static class PathParts
{
    public static byte[][] Split(RawPath path)
    {
        var components = path.Components();
        var (parts, at) = (new byte[components.Count + (path.IsAbsolute ? 1 : 0)][], 0);
        if (path.IsAbsolute)
            parts[at++] = "/"u8.ToArray();
        foreach (var component in components)
            parts[at++] = component.Bytes.ToArray();
        return parts;
    }
}
