using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Engine.Locks;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Agent.Repositories;

/// <summary>The lock of one command. Shared: nobody removes what it needs meanwhile; exclusive: it works alone. None for a verb that only reads, with --no-lock or when the store has no room for one.</summary>
internal sealed class HeldLock : IAsyncDisposable
{
    public const bool Reading = true;
    public const bool Writing = false;

    private readonly LockHandle? _handle;
    private readonly CancellationTokenSource _either;

    private HeldLock(LockHandle? handle, CancellationToken cancellation)
    {
        _handle = handle;
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, handle?.Lost ?? CancellationToken.None);
    }

    /// <summary>Cancelled when the user stops the run, or when the lock is lost.</summary>
    public CancellationToken Token => _either.Token;

    public static async Task<HeldLock> TakeAsync(CommandContext context, OpenRepository open, bool reading, CancellationToken cancellation, LockMode mode = LockMode.Shared)
    {
        if (reading && context.Parsed.GetValue(context.Flags.NoLock))
            return new HeldLock(null, cancellation);
        var patience = context.Parsed.GetValue(context.Flags.RetryLock) ?? context.Surroundings.Setting("RETRY_LOCK");
        var options = patience is null ? new LockOptions() : new LockOptions { RetryFor = FlagText.Duration("--retry-lock", patience) };
        try
        {
            return new HeldLock(await LockHandle.AcquireAsync(open.Repository, mode, options, cancellation), cancellation);
        }
        catch (RepositoryException full) when (reading && full.Problem == RepositoryProblem.NoRoom)
        {
            // Who needs a restore needs it most when the disk is full. No lock excluded us, or that would have been told instead of the lack of room; and a
            // reader changes nothing: the worst that a prune beside it can do is to make it fail.
            context.Screen.Warn(RepositorySentences.ReadingUnlocked, full.Message);
            return new HeldLock(null, cancellation);
        }
    }

    /// <summary>Work that stops when the lock is lost, and says so.</summary>
    public async Task<T> GuardAsync<T>(Func<CancellationToken, Task<T>> work)
    {
        try
        {
            return await work(Token);
        }
        catch (OperationCanceledException) when (_handle?.Lost.IsCancellationRequested == true)
        {
            throw new AgentStop(ExitCode.Locked, RunSentences.LockLost);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_handle is not null)
            await _handle.DisposeAsync();
        _either.Dispose();
    }
}
