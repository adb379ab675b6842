using System.Text.Json;

namespace BackupOnline.Agent.Tests.Running;

/// <summary>How a program ended, and what it said.</summary>
public sealed record Ended(int ExitCode, string Output, string Error)
{
    public Ended ShouldEndWith(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"Ended with {ExitCode} instead of {exitCode}.\nOutput:\n{Output}\nError:\n{Error}");
        // Whatever happened: a user never sees the inside of the program.
        Assert.DoesNotContain("   at ", Error);
        Assert.DoesNotContain("Unhandled", Error);
        Assert.DoesNotContain(Machine.Password, Output + Error);
        return this;
    }

    public Ended ShouldSay(params string[] texts)
    {
        foreach (var text in texts)
            Assert.Contains(text, Error);
        return this;
    }

    /// <summary>The JSON lines of standard output with this message_type.</summary>
    public IReadOnlyList<JsonElement> Lines(string type) => Parse(Output, type);

    public JsonElement Summary => Assert.Single(Lines("summary"));

    public JsonElement ExitError => Assert.Single(Parse(Error, "exit_error"));

    public IReadOnlyList<JsonElement> ErrorLines(string type) => Parse(Error, type);

    private static List<JsonElement> Parse(string text, string type) =>
    [
        .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("message_type").GetString() == type),
    ];
}
