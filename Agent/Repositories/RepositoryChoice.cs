using BackupOnline.Agent.Enrolment;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Repositories;

/// <summary>Which repository a command works on, and the enrolment that it belongs to, if any.</summary>
internal sealed record RepositoryChoice(RepositoryAddress Address, AgentConfiguration? Enrolment)
{
    /// <summary>Order: flags, then the environment (ours before restic's), then the enrolment.</summary>
    public static RepositoryChoice Make(string? flag, string? fileFlag, Surroundings surroundings, AgentConfiguration? enrolment)
    {
        if (flag is not null && fileFlag is not null)
            throw new AgentStop(ExitCode.Fatal, RepositorySentences.BothGiven);
        if (flag is not null && RepositoryAddress.HoldsSecret(flag))
            throw new AgentStop(ExitCode.Fatal, RepositorySentences.SecretInArguments);

        var text = flag
            ?? (fileFlag is not null ? ReadFile(fileFlag) : null)
            ?? FromVariables(surroundings, "BACKUPONLINE_")
            ?? FromVariables(surroundings, "RESTIC_");
        if (text is null)
        {
            return enrolment is { Enrolled: true }
                ? new RepositoryChoice(enrolment.Address(), enrolment)
                : throw new AgentStop(ExitCode.Fatal, RepositorySentences.NoneGiven);
        }

        var address = RepositoryAddress.Parse(text);
        if (address.Url is not null)
        {
            // The enrolled vault by its address: the enrolled credential opens it.
            if (address.User is null && enrolment is { Enrolled: true } && enrolment.Address() is var enrolled && enrolled.Url == address.Url && surroundings.Setting("REST_USERNAME") is null)
                return new RepositoryChoice(enrolled, enrolment);
            address = address with
            {
                User = address.User ?? surroundings.Setting("REST_USERNAME"),
                Secret = address.Secret ?? surroundings.Setting("REST_PASSWORD"),
            };
        }

        return new RepositoryChoice(address, null);
    }

    private static string? FromVariables(Surroundings surroundings, string prefix)
    {
        if (surroundings.Variable(prefix + "REPOSITORY") is { Length: > 0 } text)
            return text;
        return surroundings.Variable(prefix + "REPOSITORY_FILE") is { Length: > 0 } file ? ReadFile(file) : null;
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AgentStop(ExitCode.Fatal, RepositorySentences.FileUnreadable, path, FileReason.Of(failure));
        }
    }
}
