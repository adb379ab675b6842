namespace BackupOnline.SystemTests.Running;

/// <summary>Where the built programs lie. The tests run what a user runs: processes, never types.</summary>
internal static class Paths
{
    public static string Root { get; } = FindRoot();

    /// <summary>Release or Debug: the same as this test's own build.</summary>
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static string Silo => Built("Silo", "BackupOnline.Silo.dll");

    public static string Door => Built("Client", "BackupOnline.Client.dll");

    /// <summary>The published agent when the script made one, else the one that the build made.</summary>
    public static string Agent =>
        Environment.GetEnvironmentVariable("BACKUPONLINE_AGENT") is { Length: > 0 } published && File.Exists(published)
            ? published
            : Built("Agent", "backuponline");

    private static string Built(string room, string file) =>
        Path.Combine(Root, room, "bin", Configuration, "net10.0", file);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BackupOnline.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("No folder above the test's output holds BackupOnline.sln.");
    }
}
