using System.Globalization;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Secrets;

/// <summary>Where the repository's password comes from. It never comes from an argument.</summary>
internal sealed class RepositoryPassword(string? fileFlag, string? commandFlag, Surroundings surroundings)
{
    private static readonly string[] Variables = ["PASSWORD", "PASSWORD_FILE", "PASSWORD_COMMAND", "PASSWORD_FD"];
    private static readonly string[] Prefixes = ["BACKUPONLINE_", "RESTIC_"];

    /// <summary>True when the password can be had without a person.</summary>
    public bool IsGiven => fileFlag is not null || commandFlag is not null
        || Variables.Any(name => surroundings.Setting(name) is not null);

    public async Task<string> ReadAsync(bool isNew, CancellationToken cancellation)
    {
        if (fileFlag is not null && commandFlag is not null)
            throw new AgentStop(ExitCode.Fatal, SecretSentences.BothGiven);
        var given = await GivenAsync(cancellation);
        if (given is null && !surroundings.CanAsk)
            throw new AgentStop(ExitCode.Fatal, SecretSentences.NoPassword);
        var password = given ?? Asked(isNew);
        return password.Length > 0 ? password : throw new AgentStop(ExitCode.Fatal, SecretSentences.Empty);
    }

    // Order: flags; our variables; restic's. Within each: file, command, the password itself, as restic does.
    private async Task<string?> GivenAsync(CancellationToken cancellation)
    {
        if (fileFlag is not null)
            return SecretFile.Read(fileFlag);
        if (commandFlag is not null)
            return await SecretCommand.ReadAsync(commandFlag, cancellation);
        foreach (var prefix in Prefixes)
        {
            if (surroundings.Variable(prefix + "PASSWORD_FD") is { Length: > 0 } descriptor && int.TryParse(descriptor, CultureInfo.InvariantCulture, out var number))
                return SecretFile.Read($"/dev/fd/{number}");
            if (surroundings.Variable(prefix + "PASSWORD_FILE") is { Length: > 0 } file)
                return SecretFile.Read(file);
            if (surroundings.Variable(prefix + "PASSWORD_COMMAND") is { Length: > 0 } command)
                return await SecretCommand.ReadAsync(command, cancellation);
            if (surroundings.Variable(prefix + "PASSWORD") is { Length: > 0 } password)
                return password;
        }

        return null;
    }

    private string Asked(bool isNew)
    {
        if (!isNew)
            return Prompt.Ask(surroundings.Speech.Say(SecretSentences.AskPassword));
        var first = Prompt.Ask(surroundings.Speech.Say(SecretSentences.AskNewPassword));
        return first == Prompt.Ask(surroundings.Speech.Say(SecretSentences.AskAgain))
            ? first
            : throw new AgentStop(ExitCode.Fatal, SecretSentences.NotTheSame);
    }
}
