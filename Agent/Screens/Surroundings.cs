using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Screens;

/// <summary>What the process finds around itself, read once.</summary>
internal sealed class Surroundings
{
    public required Func<string, string?> Variable { get; init; }

    public required Speech Speech { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Standard output is a terminal that understands cursor movements.</summary>
    public required bool Terminal { get; init; }

    /// <summary>A person can answer a question.</summary>
    public required bool CanAsk { get; init; }

    /// <summary>Columns that text may fill: the terminal's, or no bound when nobody looks at the lines.</summary>
    public int Width => Terminal && Console.WindowWidth is > 0 and var columns ? columns : int.MaxValue;

    public bool Colour => Terminal && string.IsNullOrEmpty(Variable("NO_COLOR"));

    public static Surroundings OfThisProcess()
    {
        static string? Variable(string name) => Environment.GetEnvironmentVariable(name);
        return new Surroundings
        {
            Variable = Variable,
            Speech = Speech.From(Variable),
            Time = TimeProvider.System,
            Terminal = !Console.IsOutputRedirected && Variable("TERM") is not "dumb",
            CanAsk = StandardStreams.HasInput && !Console.IsInputRedirected,
        };
    }

    /// <summary>The same for a second repository that is read from: RESTIC_FROM_PASSWORD_FILE stands for RESTIC_PASSWORD_FILE, and so on.</summary>
    public Surroundings ForSource() => new() { Variable = OfSource, Speech = Speech, Time = Time, Terminal = Terminal, CanAsk = CanAsk };

    private string? OfSource(string name)
    {
        foreach (var prefix in (string[])["BACKUPONLINE_", "RESTIC_"])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && name[prefix.Length..] is var rest
                && (rest.StartsWith("REPOSITORY", StringComparison.Ordinal) || rest.StartsWith("PASSWORD", StringComparison.Ordinal) || rest.StartsWith("REST_", StringComparison.Ordinal)))
                return Variable($"{prefix}FROM_{rest}");
        }

        return Variable(name);
    }

    /// <summary>Our own variable wins over restic's; an empty one counts as not set.</summary>
    public string? Setting(string name)
    {
        var ours = Variable("BACKUPONLINE_" + name);
        var theirs = string.IsNullOrEmpty(ours) ? Variable("RESTIC_" + name) : ours;
        return string.IsNullOrEmpty(theirs) ? null : theirs;
    }
}
