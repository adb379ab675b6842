using BackupOnline.Engine.Locks;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Tests.Locks;

public sealed class StockResticLockTests
{
    [Fact]
    public async Task Restic_honours_our_locks_and_reads_them()
    {
        using var folder = new TempFolder();
        using var store = new LocalStore(folder["repo"]);
        await using var repository = await Repository.InitAsync(store, StockRestic.Password);
        await using (await LockHandle.AcquireAsync(repository, LockMode.Exclusive))
        {
            var id = (await StockRestic.RunAsync(folder["repo"], "list", "locks", "--no-lock")).Trim();
            Assert.Contains($"\"pid\": {Environment.ProcessId}", await StockRestic.RunAsync(folder["repo"], "cat", "lock", id, "--no-lock"), StringComparison.Ordinal);
            var refused = await StockRestic.TryAsync(folder["repo"], "check");
            Assert.NotEqual(0, refused.ExitCode);
            Assert.Contains("locked exclusively", refused.Errors, StringComparison.Ordinal);
        }

        await StockRestic.RunAsync(folder["repo"], "check");
    }
}
