namespace BackupOnline.Grains.Interfaces.Names;

/// <summary>The text form that all grain keys share: <c>prefix/part[/part]</c>, every part well formed by <see cref="NameRule"/>.</summary>
internal static class KeyText
{
    public static string[] Split(string key, string prefix, int parts)
    {
        var pieces = key.Split('/');
        if (pieces.Length != parts + 1 || pieces[0] != prefix || !pieces.Skip(1).All(NameRule.IsWellFormed))
        {
            throw new FormatException($"'{key}' is not a key of the form {prefix}/{string.Join('/', Enumerable.Repeat("name", parts))}.");
        }

        return pieces[1..];
    }
}
