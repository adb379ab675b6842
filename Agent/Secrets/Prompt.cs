using System.Text;
using BackupOnline.Agent.Exits;

namespace BackupOnline.Agent.Secrets;

/// <summary>Asks at the terminal without showing what is typed. The question goes to standard error: standard output is for results.</summary>
internal static class Prompt
{
    public static string Ask(string question)
    {
        Console.Error.Write(question);
        var text = new StringBuilder();
        // Ctrl-C arrives as a key here, so that the terminal is never left without echo.
        var before = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        try
        {
            while (true)
            {
                var key = Console.ReadKey(intercept: true);
                switch (key.Key)
                {
                    case ConsoleKey.Enter:
                        return text.ToString();
                    case ConsoleKey.Backspace when text.Length > 0:
                        text.Length--;
                        break;
                    case ConsoleKey.C when key.Modifiers == ConsoleModifiers.Control:
                    case ConsoleKey.D when key.Modifiers == ConsoleModifiers.Control && text.Length == 0:
                        throw new AgentStop(ExitCode.Interrupted, SecretSentences.Interrupted);
                    default:
                        if (!char.IsControl(key.KeyChar))
                            text.Append(key.KeyChar);
                        break;
                }
            }
        }
        finally
        {
            Console.TreatControlCAsInput = before;
            Console.Error.WriteLine();
        }
    }
}
