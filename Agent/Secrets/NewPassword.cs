using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Secrets;

/// <summary>The password that is to open a repository from now on. It never comes from an argument.</summary>
internal static class NewPassword
{
    public static string Read(string? file, Surroundings surroundings)
    {
        if (file is null && !surroundings.CanAsk)
            throw new AgentStop(ExitCode.Fatal, UpkeepSentences.NewPasswordMissing);
        var password = file is null ? Asked(surroundings) : SecretFile.Read(file);
        return password.Length > 0 ? password : throw new AgentStop(ExitCode.Fatal, SecretSentences.Empty);
    }

    private static string Asked(Surroundings surroundings)
    {
        var first = Prompt.Ask(surroundings.Speech.Say(SecretSentences.AskNewPassword));
        return first == Prompt.Ask(surroundings.Speech.Say(SecretSentences.AskAgain)) ? first : throw new AgentStop(ExitCode.Fatal, SecretSentences.NotTheSame);
    }
}
