using System.Diagnostics;
using System.Text;

namespace BackupOnline.SystemTests.Running;

/// <summary>A program that was started by a test, and is ended by it, by its process id.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process process;
    private readonly string command;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private RunningProgram(Process process, string command)
    {
        this.process = process;
        this.command = command;
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    /// <summary>Everything said so far, on both channels.</summary>
    public string Said
    {
        get
        {
            lock (output)
            {
                lock (errors)
                {
                    return $"{output}{errors}";
                }
            }
        }
    }

    public static RunningProgram Start(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
            StandardOutputEncoding = Encoding.Latin1,
            StandardErrorEncoding = Encoding.UTF8,
        };
        // The tests' own environment must not leak in: a set RESTIC_REPOSITORY would aim at the wrong place.
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
        process.StandardInput.Close();
        return new(process, $"{file} {string.Join(' ', start.ArgumentList)}");
    }

    public async Task<Finished> WaitAsync(TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            Assert.Fail($"{command}\nhad not ended after {limit}\n{Said}");
        }

        lock (output)
        {
            lock (errors)
            {
                return new(command, process.ExitCode, output.ToString(), errors.ToString());
            }
        }
    }

    /// <summary>SIGKILL: the program gets no chance to say goodbye.</summary>
    public void Kill()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: false);
            process.WaitForExit();
        }
    }

    /// <summary>Sends a signal by name, such as TERM, STOP, CONT.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>SIGTERM, and waits for the end.</summary>
    public async Task<Finished> StopAsync(TimeSpan limit)
    {
        if (!process.HasExited)
        {
            Signal("TERM");
        }

        return await WaitAsync(limit);
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        process.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool IsOurs(string name) =>
        name.StartsWith("RESTIC_", StringComparison.Ordinal) || name.StartsWith("BACKUPONLINE_", StringComparison.Ordinal);

    private static void Append(StringBuilder to, string? line)
    {
        if (line is not null)
        {
            lock (to)
            {
                to.Append(line).Append('\n');
            }
        }
    }
}
