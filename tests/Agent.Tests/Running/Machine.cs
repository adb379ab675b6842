using System.Diagnostics;

namespace BackupOnline.Agent.Tests.Running;

/// <summary>A customer's machine: a folder of its own, an environment that holds nothing of the tester's, and the built program.</summary>
public sealed class Machine : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Dictionary<string, string> _environment;

    public Machine()
    {
        Folder = Directory.CreateTempSubdirectory("backuponline-agent-").FullName;
        _environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
            ["HOME"] = Folder,
            ["TMPDIR"] = Path.GetTempPath(),
            ["LANG"] = "C.UTF-8",
            ["DOTNET_ROOT"] = Path.GetDirectoryName(Environment.ProcessPath!)!,
        };
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root)
            _environment["DOTNET_ROOT"] = root;
        else
            _environment.Remove("DOTNET_ROOT");
    }

    public const string Password = "correct horse battery staple";

    /// <summary>The published program when the script made one, else the one that the build put beside the tests.</summary>
    public static string Program { get; } =
        Environment.GetEnvironmentVariable("BACKUPONLINE_AGENT") is { Length: > 0 } published && File.Exists(published)
            ? published
            : Path.Combine(AppContext.BaseDirectory, "backuponline");

    public string Folder { get; }

    public string Repository => PathOf("repository");

    public string Source => PathOf("source");

    public string Configuration => PathOf(".config/backuponline/agent.json");

    public string PathOf(string name) => Path.Combine(Folder, name);

    public Machine With(string variable, string value)
    {
        _environment[variable] = value;
        return this;
    }

    public Machine Without(string variable)
    {
        _environment.Remove(variable);
        return this;
    }

    /// <summary>Names the repository and the password as an unattended machine does.</summary>
    public Machine WithRepository(string? repository = null) =>
        With("BACKUPONLINE_REPOSITORY", repository ?? Repository).With("BACKUPONLINE_PASSWORD_FILE", Write("password", Password + "\n"));

    public string Write(string name, string text)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A small tree with content from the given seed.</summary>
    public Machine WithSource(int files = 20, int bytesEach = 10_000, int seed = 1)
    {
        var random = new Random(seed);
        for (var number = 0; number < files; number++)
        {
            var bytes = new byte[bytesEach];
            random.NextBytes(bytes);
            var path = Path.Combine(Source, $"folder{number % 5}", $"file{number}");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }

        return this;
    }

    public Task<Ended> RunAsync(params string[] arguments) => RunProgramAsync(Program, arguments);

    public Task<Ended> ResticAsync(params string[] arguments) => With("RESTIC_PASSWORD", Password).RunProgramAsync("restic", ["--no-cache", .. arguments]);

    public async Task<Ended> RunProgramAsync(string program, string[] arguments, string? input = null)
    {
        await using var running = Start(program, arguments, input);
        return await running.EndAsync(Patience);
    }

    public Started Start(string program, string[] arguments, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = Folder,
        };
        start.Environment.Clear();
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        return new Started(Process.Start(start)!, input);
    }

    public async Task ShouldBeSoundForResticAsync() => (await ResticAsync("-r", Repository, "check", "--read-data")).ShouldEndWith(0);

    /// <summary>Names, content, modes, owners, times and link targets, as another program sees them.</summary>
    public async Task ShouldBeEqualAsync(string expected, string actual)
    {
        async Task<string> ListAsync(string folder) => (await RunProgramAsync(
            "sh", ["-c", "cd \"$0\" && find . -printf '%P|%y|%m|%U|%G|%T@|%l\\n' | LC_ALL=C sort && find . -type f -print0 | LC_ALL=C sort -z | xargs -0r sha256sum", folder])).ShouldEndWith(0).Output;
        Assert.Equal(await ListAsync(expected), await ListAsync(actual));
    }

    public void Dispose()
    {
        // A test may have taken rights away from what it made.
        foreach (var folder in Directory.EnumerateDirectories(Folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint }))
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.Delete(Folder, recursive: true);
    }
}
