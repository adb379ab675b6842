using BackupOnline.Agent.Commands;

namespace BackupOnline.Agent.Repositories;

/// <summary>The lock of one command.</summary>
internal sealed class HeldLock : IAsyncDisposable
{
    public const bool Reading = true;
    public const bool Writing = false;

    public static Task<HeldLock> TakeAsync(CommandContext context, OpenRepository open, bool reading, CancellationToken cancellation)
    {
        _ = (context, open, reading, cancellation);
        return Task.FromResult(new HeldLock());
    }

    public ValueTask DisposeAsync() => default;
}
