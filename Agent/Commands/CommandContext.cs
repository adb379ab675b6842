using System.CommandLine;
using BackupOnline.Agent.Enrolment;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Agent.Secrets;

namespace BackupOnline.Agent.Commands;

/// <summary>What a verb works with: the parsed line, the screen, the surroundings.</summary>
internal sealed class CommandContext(ParseResult parsed, GlobalFlags flags, Screen screen)
{
    public ParseResult Parsed { get; } = parsed;

    public GlobalFlags Flags { get; } = flags;

    public Screen Screen { get; } = screen;

    public Surroundings Surroundings => Screen.Surroundings;

    public ConfigurationFile ConfigurationFile { get; } = ConfigurationFile.Of(screen.Surroundings);

    public RepositoryPassword Password => new(Parsed.GetValue(Flags.PasswordFile), Parsed.GetValue(Flags.PasswordCommand), Surroundings);

    /// <summary>--cacert, the environment, or null.</summary>
    public string? CaCertificate => Parsed.GetValue(Flags.CaCert) ?? Surroundings.Setting("CACERT");

    public RepositoryChoice ChooseRepository() => ChooseRepository(ConfigurationFile.Read());

    public RepositoryChoice ChooseRepository(AgentConfiguration? enrolment) =>
        RepositoryChoice.Make(Parsed.GetValue(Flags.Repo), Parsed.GetValue(Flags.RepositoryFile), Surroundings, enrolment);
}
