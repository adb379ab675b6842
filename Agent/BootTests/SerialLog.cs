using System.Text;

namespace BackupOnline.Agent.BootTests;

/// <summary>What the guest says on its serial line: watched for signs, the last of it kept.</summary>
/// <param name="expected">The good sign.</param>
internal sealed class SerialLog(string expected)
{
    private const int KeptCharacters = 256 << 10;

    private readonly Lock _gate = new();
    private readonly StringBuilder _kept = new();
    private readonly TaskCompletionSource<BootDecision> _sign = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Longer than any sign, so that one which comes in two pieces is found.
    private string _tail = "";

    /// <summary>The first sign, good or bad.</summary>
    public Task<BootDecision> Sign => _sign.Task;

    public string Text
    {
        get
        {
            lock (_gate)
                return _kept.ToString();
        }
    }

    /// <summary>Until the machine ends.</summary>
    public async Task FollowAsync(Stream line)
    {
        var buffer = new byte[4096];
        for (int read; (read = await line.ReadAsync(buffer)) > 0;)
            Take(Encoding.UTF8.GetString(buffer, 0, read));
    }

    public void Take(string text)
    {
        lock (_gate)
        {
            _kept.Append(text);
            if (_kept.Length > 2 * KeptCharacters)
                _kept.Remove(0, _kept.Length - KeptCharacters);
        }

        _tail += text;
        if (BootSigns.GaveUp.FirstOrDefault(sign => _tail.Contains(sign, StringComparison.Ordinal)) is { } bad)
            _sign.TrySetResult(new BootDecision(BootReason.GuestGaveUp, LineWith(bad)));
        else if (_tail.Contains(expected, StringComparison.Ordinal))
            _sign.TrySetResult(new BootDecision(BootReason.TextSeen, LineWith(expected)));
        var keep = Math.Max(expected.Length, 128);
        _tail = _tail.Length > keep ? _tail[^keep..] : _tail;
    }

    private string LineWith(string sign)
    {
        var at = _tail.IndexOf(sign, StringComparison.Ordinal);
        var (start, end) = (_tail.LastIndexOf('\n', at) + 1, _tail.IndexOfAny(['\r', '\n'], at + sign.Length));
        return _tail[start..(end < 0 ? _tail.Length : end)].Trim();
    }
}
