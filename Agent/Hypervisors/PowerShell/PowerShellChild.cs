using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BackupOnline.Agent.Hypervisors.PowerShell;

/// <summary>
/// A child process that runs one script of ours and answers calls with JSON lines: a line <c>{"id":1,"call":"...","arguments":{...}}</c> in, a line <c>{"id":1,"result":...}</c> or
/// <c>{"id":1,"error":"..."}</c> out. The script comes in over standard input, so that no file lies about that somebody could change. One call at a time.
/// </summary>
/// <param name="command">powershell.exe with its arguments; in tests a program that speaks the same lines.</param>
/// <param name="script">What it runs.</param>
/// <param name="patience">For one call.</param>
/// <param name="time">The clock.</param>
internal sealed class PowerShellChild(IReadOnlyList<string> command, string script, TimeSpan patience, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Reads the script from the first line of standard input and runs it.</summary>
    private const string Bootstrap = "$ErrorActionPreference='Stop';[Console]::OutputEncoding=[Text.UTF8Encoding]::new($false);[Console]::InputEncoding=[Text.UTF8Encoding]::new($false);"
        + "& ([scriptblock]::Create([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String([Console]::In.ReadLine()))))";

    /// <summary>Lines that are no answer (a warning, a banner) before the child counts as broken.</summary>
    private const int MostStrayLines = 1000;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly StringBuilder _errors = new();
    private Process? _process;
    private long _id;

    public static IReadOnlyList<string> WindowsCommand { get; } =
        ["powershell.exe", "-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-EncodedCommand", Convert.ToBase64String(Encoding.Unicode.GetBytes(Bootstrap))];

    /// <param name="call">What the script knows it by.</param>
    /// <param name="arguments">Writes the members of the arguments object.</param>
    /// <param name="cancellation">Ends the child: an answer that is half read must not be taken for the next one's.</param>
    /// <exception cref="HypervisorException">The child cannot be started, died, did not answer in time, or the call failed.</exception>
    public async Task<JsonElement> CallAsync(string call, Action<Utf8JsonWriter>? arguments, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var answered = false;
        try
        {
            var process = _process ??= await StartAsync(either.Token);
            var id = ++_id;
            await process.StandardInput.WriteLineAsync(Line(id, call, arguments).AsMemory(), either.Token);
            await process.StandardInput.FlushAsync(either.Token);
            var answer = await AnswerAsync(process, id, call, either.Token);
            answered = true;
            return answer.TryGetProperty("error", out var error)
                ? throw new HypervisorException(HypervisorFault.Transient, "powershell-call-failed", $"{call}: {error.GetString()}")
                : answer.TryGetProperty("result", out var result) ? result : default;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new HypervisorException(HypervisorFault.Transient, "powershell-slow", string.Create(CultureInfo.InvariantCulture, $"{call}: PowerShell did not answer within {patience.TotalSeconds:0} s"));
        }
        catch (IOException failure)
        {
            throw Ended(call, failure);
        }
        finally
        {
            if (!answered)
                Stop();
            _turn.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Line(long id, string call, Action<Utf8JsonWriter>? arguments)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteString("call", call);
            json.WriteStartObject("arguments");
            arguments?.Invoke(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private async Task<Process> StartAsync(CancellationToken cancellation)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        try
        {
            var process = Process.Start(start)!;
            lock (_errors)
                _errors.Clear();
            process.ErrorDataReceived += (_, line) => Remember(line.Data);
            process.BeginErrorReadLine();
            _process = process;
            await process.StandardInput.WriteLineAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(script)).AsMemory(), cancellation);
            return process;
        }
        catch (Win32Exception failure)
        {
            throw new HypervisorException(HypervisorFault.Operator, "powershell-missing", $"{command[0]} cannot be started: {failure.Message}", failure);
        }
    }

    private async Task<JsonElement> AnswerAsync(Process process, long id, string call, CancellationToken cancellation)
    {
        for (var stray = 0; stray <= MostStrayLines; stray++)
        {
            if (await process.StandardOutput.ReadLineAsync(cancellation) is not { } line)
                throw Ended(call, null);
            if (Parsed(line, id) is { } answer)
                return answer;
        }

        throw new HypervisorException(HypervisorFault.Transient, "powershell-odd", $"{call}: PowerShell writes something else than answers");
    }

    /// <summary>Null for a line that is not the answer to this call.</summary>
    private static JsonElement? Parsed(string line, long id)
    {
        if (!line.StartsWith('{'))
            return null;
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.TryGetProperty("id", out var found) && found.TryGetInt64(out var number) && number == id ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private HypervisorException Ended(string call, Exception? cause)
    {
        string told;
        lock (_errors)
            told = _errors.ToString().Trim();
        return new HypervisorException(HypervisorFault.Transient, "powershell-ended", $"{call}: PowerShell ended without an answer{(told.Length > 0 ? $" ({told})" : "")}", cause);
    }

    private void Remember(string? line)
    {
        lock (_errors)
        {
            if (line is not null && _errors.Length < 2000)
                _errors.Append(line).Append(' ');
        }
    }

    private void Stop()
    {
        if (Interlocked.Exchange(ref _process, null) is not { } process)
            return;
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
