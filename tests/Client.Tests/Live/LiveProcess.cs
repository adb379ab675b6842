using System.Collections.Concurrent;
using System.Diagnostics;

namespace BackupOnline.Client.Tests.Live;

/// <summary>A process of ours, as it would run at the provider's.</summary>
internal sealed class LiveProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();

    private LiveProcess(Process process) => this.process = process;

    public string Output => string.Join('\n', lines);

    public bool HasExited => process.HasExited;

    /// <param name="room">The project: <c>Silo</c>, <c>Client</c>.</param>
    /// <param name="environment">Replaces every BACKUPONLINE_ variable of the caller.</param>
    public static LiveProcess Start(string room, IReadOnlyDictionary<string, string> environment)
    {
        var build = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(Repository.Root, room, "bin", build.Parent!.Name, build.Name, $"BackupOnline.{room}.dll");
        var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("BACKUPONLINE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(inherited);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var started = new LiveProcess(Process.Start(start)!);
        started.process.OutputDataReceived += (_, line) => started.lines.Enqueue(line.Data ?? "");
        started.process.ErrorDataReceived += (_, line) => started.lines.Enqueue(line.Data ?? "");
        started.process.BeginOutputReadLine();
        started.process.BeginErrorReadLine();
        return started;
    }

    /// <summary>As a power cut would.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await process.WaitForExitAsync(bound.Token);
        return process.ExitCode;
    }

    /// <summary>Stops it as an operator would.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using (Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            {
            }
            using var bound = new CancellationTokenSource(Patience);
            try
            {
                await process.WaitForExitAsync(bound.Token);
            }
            catch (OperationCanceledException)
            {
                await KillAsync();
            }
        }
        process.Dispose();
    }
}
