using System.Diagnostics;
using System.Globalization;
using System.Text;
using BackupOnline.Persistence.Embedded;

namespace BackupOnline.Silo.Tests.Processes;

/// <summary>A real silo as a process of its own.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private SiloProcess(Process process, string shelf)
    {
        _process = process;
        Shelf = shelf;
    }

    public int Id => _process.Id;

    /// <summary>address:port</summary>
    public string Shelf { get; }

    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    public static SiloProcess Start(string data, params (string Name, string Value)[] settings)
    {
        var shelf = settings.FirstOrDefault(s => s.Name == "BACKUPONLINE_STORAGE").Value ?? $"127.0.0.1:{FreePort.Choose().ToString(CultureInfo.InvariantCulture)}";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "BackupOnline.Silo.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("BACKUPONLINE_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["BACKUPONLINE_DATA"] = data;
        start.Environment["BACKUPONLINE_STORAGE"] = shelf;
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var silo = new SiloProcess(Process.Start(start)!, shelf);
        silo._process.OutputDataReceived += silo.Hear;
        silo._process.ErrorDataReceived += silo.Hear;
        silo._process.BeginOutputReadLine();
        silo._process.BeginErrorReadLine();
        return silo;
    }

    /// <summary>Until it takes part in the cluster and its shelf listens.</summary>
    public Task ReadyAsync() => UntilAsync("the silo is ready", async () =>
    {
        Assert.False(_process.HasExited, $"The silo ended:\n{Said}");
        try
        {
            return (await Http.GetAsync(new Uri($"http://{Shelf}/health/ready"))).IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    });

    public async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(watch.Elapsed < Patience, $"Waited in vain until {what}. The silo said:\n{Said}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM, and the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        return await ExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await StopAsync();
        _process.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
            _said.AppendLine(line.Data);
    }
}
