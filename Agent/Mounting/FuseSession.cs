using System.Runtime.InteropServices;
using System.Text;

namespace BackupOnline.Agent.Mounting;

/// <summary>A mount by libfuse, from its beginning to its end: one thread takes the kernel's questions to <paramref name="answers"/>, which outlive it.</summary>
internal sealed class FuseSession(FuseAnswers answers) : IDisposable
{
    // Milliseconds.
    private const int LookForTheEnd = 250;

    private GCHandle _answers;
    private nint _session;
    private bool _isMounted;

    /// <summary>Mounts. False when libfuse would not; it has written the reason to standard error.</summary>
    public unsafe bool TryMount(string mountPoint, IEnumerable<string> options)
    {
        _answers = GCHandle.Alloc(answers);
        var operations = FuseCallbacks.All;
        byte[] list = [.. Encoding.UTF8.GetBytes(string.Join(',', options)), 0];
        fixed (byte* name = "backuponline\0"u8, flag = "-o\0"u8, text = list)
        {
            var values = stackalloc byte*[] { name, flag, text, null };
            var arguments = new FuseLibrary.Arguments { Count = 3, Values = values };
            _session = FuseLibrary.NewSession(&arguments, &operations, (nuint)sizeof(FuseOperations), GCHandle.ToIntPtr(_answers));
            FuseLibrary.Free(&arguments);
        }

        return _isMounted = _session != 0 && FuseLibrary.Mount(_session, mountPoint) == 0;
    }

    /// <summary>Answers until it is unmounted, by somebody or by <paramref name="cancellation"/>.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var loop = new Thread(() =>
        {
            TakeQuestions(cancellation);
            over.SetResult();
        })
        {
            IsBackground = true,
            Name = "fuse",
        };
        loop.Start();
        await over.Task;
        await answers.EndAsync();
        Unmount();
    }

    public void Dispose()
    {
        Unmount();
        if (_session != 0)
            FuseLibrary.Destroy(_session);
        if (_answers.IsAllocated)
            _answers.Free();
    }

    private void Unmount()
    {
        if (_isMounted)
            FuseLibrary.Unmount(_session);
        _isMounted = false;
    }

    // The library's own loop sees a wish to end only after the next question, which may never come.
    private unsafe void TakeQuestions(CancellationToken cancellation)
    {
        var buffer = default(FuseLibrary.Buffer);
        var ready = new FuseLibrary.PollEntry { Descriptor = FuseLibrary.Descriptor(_session), Wanted = FuseLibrary.PollEntry.Readable };
        while (!cancellation.IsCancellationRequested && FuseLibrary.HasExited(_session) == 0)
        {
            if (FuseLibrary.Poll(&ready, 1, LookForTheEnd) <= 0)
                continue;
            var length = FuseLibrary.Receive(_session, &buffer);
            if (length is -Errno.Interrupted or -Errno.TryAgain)
                continue;
            if (length <= 0)
                break;
            FuseLibrary.Process(_session, &buffer);
        }

        NativeMemory.Free(buffer.Memory);
    }
}
