namespace BackupOnline.SystemTests.Running;

/// <summary>A program that has ended.</summary>
internal sealed record Finished(string Command, int ExitCode, string Output, string Errors)
{
    /// <summary>Fails the test with everything that the program said, unless it ended as expected.</summary>
    public Finished ShouldEndWith(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"{Command}\nended with {ExitCode}, not {exitCode}\n--- output\n{Output}\n--- errors\n{Errors}");
        return this;
    }

    /// <summary>What every message to a user must keep: no stack trace, no secret.</summary>
    public Finished ShouldBeFitForAUser(params string[] secrets)
    {
        var all = Output + Errors;
        Assert.DoesNotContain("   at BackupOnline", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", all, StringComparison.Ordinal);
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        }

        return this;
    }
}
