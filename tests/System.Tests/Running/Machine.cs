namespace BackupOnline.SystemTests.Running;

/// <summary>A customer's machine: the agent with its own configuration, and stock restic, on one password.</summary>
internal sealed class Machine
{
    public const string Password = "the customer's own password";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public Machine(string folder)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        File.WriteAllText(Path.Combine(Folder, "password"), Password + "\n");
    }

    public string Folder { get; }

    public string Source => Path.Combine(Folder, "source");

    /// <summary>Replaces the repository of the enrolment when set.</summary>
    public string? Repository { get; set; }

    public Dictionary<string, string?> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>Enrols with the door and makes the repository.</summary>
    public async Task EnrolAsync(Service service, string tenant, string host = "office", string vault = "main")
    {
        Settings["BACKUPONLINE_CODE"] = await service.Door.InviteAsync(tenant, host, vault);
        (await AgentAsync("enroll", "--server", service.DoorUri.ToString())).ShouldEndWith(0).ShouldBeFitForAUser();
        Settings.Remove("BACKUPONLINE_CODE");
        (await AgentAsync("init", "--yes")).ShouldEndWith(0).ShouldBeFitForAUser(Password);
    }

    public async Task<Finished> AgentAsync(params string[] arguments)
    {
        await using var program = StartAgent(arguments);
        return await program.WaitAsync(Limit);
    }

    public RunningProgram StartAgent(params string[] arguments) => RunningProgram.Start(Paths.Agent, arguments, Environment("BACKUPONLINE"), Folder);

    public async Task<Finished> ResticAsync(params string[] arguments)
    {
        await using var program = RunningProgram.Start("restic", ["--no-cache", .. arguments], Environment("RESTIC"), Folder);
        return await program.WaitAsync(Limit);
    }

    private Dictionary<string, string?> Environment(string prefix)
    {
        var all = new Dictionary<string, string?>(Settings)
        {
            ["BACKUPONLINE_CONFIG"] = Path.Combine(Folder, "agent.json"),
            ["BACKUPONLINE_LANG"] = "en",
            [$"{prefix}_PASSWORD_FILE"] = Path.Combine(Folder, "password"),
            ["HOME"] = Folder,
        };
        if (Repository is not null)
        {
            all[$"{prefix}_REPOSITORY"] = Repository;
        }

        return all;
    }
}
