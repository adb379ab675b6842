using BackupOnline.Agent.Commands;

namespace BackupOnline.Agent.Repositories;

/// <summary>Whether, and where, what is read again and again is kept on this machine.</summary>
internal static class CacheChoice
{
    /// <summary>The folder of all caches for a run; null: none. A repository on this machine's own disk is as quick as its cache, so it gets one only when a folder is named.</summary>
    public static string? For(CommandContext context, RepositoryChoice choice)
    {
        if (context.Parsed.GetValue(context.Flags.NoCache))
            return null;
        return Named(context) ?? (choice.Address.Folder is null ? Default(context) : null);
    }

    /// <summary>The folder of all caches, whether there is one or not.</summary>
    public static string Root(CommandContext context) => Named(context) ?? Default(context);

    private static string? Named(CommandContext context) =>
        (context.Parsed.GetValue(context.Flags.CacheDir) ?? context.Surroundings.Setting("CACHE_DIR")) is { Length: > 0 } folder ? Path.GetFullPath(folder) : null;

    // The XDG base directory specification; Windows has a folder of its own for this.
    private static string Default(CommandContext context)
    {
        if (OperatingSystem.IsWindows())
            return Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "backuponline", "cache");
        var caches = context.Surroundings.Variable("XDG_CACHE_HOME") is { Length: > 0 } chosen && Path.IsPathRooted(chosen)
            ? chosen
            : Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Join(caches, "backuponline");
    }
}
