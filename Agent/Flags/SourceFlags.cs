using System.CommandLine;
using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Secrets;

namespace BackupOnline.Agent.Flags;

/// <summary>A second repository that is read from, as restic names it: --from-repo and its password. The environment has the same names with FROM_.</summary>
internal sealed class SourceFlags(Speech speech)
{
    private readonly Option<string?> _repo = new("--from-repo") { Description = speech.Say(CopySentences.FromRepo), HelpName = "repository" };
    private readonly Option<string?> _repositoryFile = new("--from-repository-file") { Description = speech.Say(CopySentences.FromRepositoryFile), HelpName = "file" };
    private readonly Option<string?> _passwordFile = new("--from-password-file") { Description = speech.Say(CopySentences.FromPasswordFile), HelpName = "file" };
    private readonly Option<string?> _passwordCommand = new("--from-password-command") { Description = speech.Say(CopySentences.FromPasswordCommand), HelpName = "command" };

    public void AddTo(Command command)
    {
        command.Add(_repo);
        command.Add(_repositoryFile);
        command.Add(_passwordFile);
        command.Add(_passwordCommand);
    }

    /// <summary>Named by a flag; a variable may stand in the environment for other verbs.</summary>
    public bool IsNamed(ParseResult parsed) => (parsed.GetValue(_repo) ?? parsed.GetValue(_repositoryFile)) is not null;

    public async Task<OpenRepository> OpenAsync(CommandContext context, CancellationToken cancellation)
    {
        // The enrolled vault is where a copy goes unless it is named: it is never where one comes from by default.
        var surroundings = context.Surroundings.ForSource();
        if (!IsNamed(context.Parsed) && surroundings.Setting("REPOSITORY") is null && surroundings.Setting("REPOSITORY_FILE") is null)
            throw new AgentStop(ExitCode.Fatal, CopySentences.NoSource);
        var choice = RepositoryChoice.Make(context.Parsed.GetValue(_repo), context.Parsed.GetValue(_repositoryFile), surroundings, context.ConfigurationFile.Read());
        var password = new RepositoryPassword(context.Parsed.GetValue(_passwordFile), context.Parsed.GetValue(_passwordCommand), surroundings);
        return await OpenRepository.OpenAsync(context, choice, password, CacheChoice.For(context, choice), cancellation);
    }
}
