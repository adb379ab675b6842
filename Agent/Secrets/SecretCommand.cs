using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using BackupOnline.Agent.Exits;

namespace BackupOnline.Agent.Secrets;

/// <summary>A secret that another program prints, a password manager for example. No shell is involved.</summary>
internal static class SecretCommand
{
    public static async Task<string> ReadAsync(string command, CancellationToken cancellation)
    {
        var words = Split(command);
        if (words.Count == 0)
            throw new AgentStop(ExitCode.Fatal, SecretSentences.CommandFailed, "-");
        var start = new ProcessStartInfo(words[0], words.Skip(1)) { RedirectStandardOutput = true, UseShellExecute = false };
        try
        {
            using var process = Process.Start(start)!;
            var text = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0
                ? text.Trim()
                : throw new AgentStop(ExitCode.Fatal, SecretSentences.CommandFailed, process.ExitCode.ToString(CultureInfo.InvariantCulture));
        }
        catch (Win32Exception failure)
        {
            throw new AgentStop(ExitCode.Fatal, SecretSentences.CommandFailed, FileReason.Of(failure));
        }
    }

    /// <summary>Words as a shell cuts them: blanks separate, single and double quotes hold together, a backslash outside single quotes takes the next letter as it is.</summary>
    internal static IReadOnlyList<string> Split(string command)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var inWord = false;
        char quote = '\0';
        for (var at = 0; at < command.Length; at++)
        {
            var letter = command[at];
            if (letter == '\\' && quote != '\'' && at + 1 < command.Length && !OperatingSystem.IsWindows())
            {
                word.Append(command[++at]);
                inWord = true;
            }
            else if (quote != '\0' ? letter == quote : letter is '\'' or '"')
            {
                quote = quote == '\0' ? letter : '\0';
                inWord = true;
            }
            else if (quote == '\0' && char.IsWhiteSpace(letter))
            {
                if (inWord)
                    words.Add(word.ToString());
                word.Clear();
                inWord = false;
            }
            else
            {
                word.Append(letter);
                inWord = true;
            }
        }

        if (quote != '\0')
            throw new AgentStop(ExitCode.Fatal, SecretSentences.CommandUnclear);
        if (inWord)
            words.Add(word.ToString());
        return words;
    }
}
