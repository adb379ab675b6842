using System.Diagnostics;
using System.Text.Json;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Locks;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;
using Microsoft.Extensions.Time.Testing;

namespace BackupOnline.Engine.Tests.Locks;

public sealed class LockTests : IAsyncLifetime
{
    private static readonly LockOptions NoDelay = new() { SettleDelay = TimeSpan.Zero };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly FaultyStore _store = new(new MemoryStore());
    private readonly List<string> _notices = [];
    private Repository _repository = null!;

    public async ValueTask InitializeAsync() => _repository = await Repository.InitAsync(_store, "pw", Options("here"));

    public async ValueTask DisposeAsync() => await _repository.DisposeAsync();

    [Fact]
    public async Task Shared_locks_go_together_and_are_gone_afterwards()
    {
        await using (await LockHandle.AcquireAsync(_repository, LockMode.Shared, NoDelay))
        await using (await LockHandle.AcquireAsync(_repository, LockMode.Shared, NoDelay))
            Assert.Equal(2, await CountAsync());

        Assert.Equal(0, await CountAsync());
    }

    [Theory]
    [InlineData(LockMode.Exclusive, LockMode.Shared)]
    [InlineData(LockMode.Shared, LockMode.Exclusive)]
    [InlineData(LockMode.Exclusive, LockMode.Exclusive)]
    public async Task An_exclusive_lock_goes_with_no_other(LockMode first, LockMode second)
    {
        await using var held = await LockHandle.AcquireAsync(_repository, first, NoDelay);

        var refusal = await Assert.ThrowsAsync<RepositoryException>(() => LockHandle.AcquireAsync(_repository, second, NoDelay));

        Assert.Equal(RepositoryProblem.Locked, refusal.Problem);
        Assert.Contains($"process {Environment.ProcessId}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--retry-lock", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Of_two_that_come_at_once_not_both_get_an_exclusive_lock()
    {
        var ready = new TaskCompletionSource();
        var waiting = 0;
        _store.Plan(new StoreFault
        {
            Operation = StoreOperation.Put,
            ObjectKind = ObjectKind.Lock,
            Kind = StoreFaultKind.Delay,
            Times = 2,
            Gate = _ =>
            {
                if (Interlocked.Increment(ref waiting) == 2)
                    ready.SetResult();
                return ready.Task;
            },
        });

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(TryAsync)));

        Assert.True(both.Count(got => got) <= 1, "Both hold an exclusive lock.");

        async Task<bool> TryAsync()
        {
            try
            {
                await LockHandle.AcquireAsync(_repository, LockMode.Exclusive, NoDelay);
                return true;
            }
            catch (RepositoryException e) when (e.Problem == RepositoryProblem.Locked)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task Who_may_wait_gets_the_lock_when_it_is_free()
    {
        var held = await LockHandle.AcquireAsync(_repository, LockMode.Exclusive, NoDelay);
        var waiting = LockHandle.AcquireAsync(
            _repository, LockMode.Shared, new LockOptions { SettleDelay = TimeSpan.Zero, RetryFor = TimeSpan.FromHours(1), RetryEvery = TimeSpan.FromMinutes(1) });
        await UntilAsync(() => _notices.Exists(notice => notice.Contains("waiting", StringComparison.Ordinal)));
        Assert.False(waiting.IsCompleted);

        await held.DisposeAsync();
        while (!waiting.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System));
        }

        await (await waiting).DisposeAsync();
    }

    [Fact]
    public async Task The_lock_of_an_ended_process_of_this_machine_is_removed()
    {
        await WriteAsync("here", EndedProcess(), _time.GetUtcNow(), exclusive: true);

        await using var taken = await LockHandle.AcquireAsync(_repository, LockMode.Exclusive, NoDelay);

        Assert.Equal(1, await CountAsync());
        Assert.Contains(_notices, notice => notice.Contains("has ended", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unlock_removes_the_dead_and_only_on_demand_the_living()
    {
        await WriteAsync("here", EndedProcess(), _time.GetUtcNow(), exclusive: false);
        await WriteAsync("elsewhere", 1, _time.GetUtcNow() - TimeSpan.FromMinutes(31), exclusive: true);
        await WriteAsync("elsewhere", 2, _time.GetUtcNow(), exclusive: true);

        Assert.Equal(2, await LockCleaner.RemoveAsync(_repository, all: false));
        Assert.Equal(1, await CountAsync());
        Assert.Equal(1, await LockCleaner.RemoveAsync(_repository, all: true));
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task The_lock_of_a_process_elsewhere_holds_whatever_its_number()
    {
        await WriteAsync("elsewhere", EndedProcess(), _time.GetUtcNow(), exclusive: true);

        await Assert.ThrowsAsync<RepositoryException>(() => LockHandle.AcquireAsync(_repository, LockMode.Shared, NoDelay));
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(31, true)]
    public async Task A_lock_elsewhere_is_dead_after_30_minutes(int minutes, bool dead)
    {
        await WriteAsync("elsewhere", 1, _time.GetUtcNow() - TimeSpan.FromMinutes(minutes), exclusive: true);

        if (dead)
            await (await LockHandle.AcquireAsync(_repository, LockMode.Shared, NoDelay)).DisposeAsync();
        else
            await Assert.ThrowsAsync<RepositoryException>(() => LockHandle.AcquireAsync(_repository, LockMode.Shared, NoDelay));

        Assert.Equal(dead ? 0 : 1, await CountAsync());
    }

    [Fact]
    public async Task A_clock_one_day_ahead_kills_no_living_lock()
    {
        await WriteAsync("elsewhere", 1, _time.GetUtcNow(), exclusive: true);
        _time.Advance(TimeSpan.FromDays(1));
        using var truthful = new OffsetStore(_store, TimeSpan.FromDays(-1));
        await using var repository = await Repository.OpenAsync(truthful, "pw", Options("here"));

        await Assert.ThrowsAsync<RepositoryException>(() => LockHandle.AcquireAsync(repository, LockMode.Exclusive, NoDelay));

        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task A_clock_one_day_behind_writes_no_dead_lock_and_is_told()
    {
        using var truthful = new OffsetStore(_store, TimeSpan.FromDays(1));
        await using var repository = await Repository.OpenAsync(truthful, "pw", Options("here"));

        await using var held = await LockHandle.AcquireAsync(repository, LockMode.Shared, NoDelay);

        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromDays(1), (await ReadLocksAsync()).Single().Time);
        Assert.Contains(_notices, notice => notice.Contains("1.00:00:00 behind", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lock_from_the_future_that_nobody_renews_dies_while_we_wait()
    {
        await WriteAsync("elsewhere", 1, _time.GetUtcNow() + TimeSpan.FromDays(1), exclusive: true);
        var refusal = await Assert.ThrowsAsync<RepositoryException>(() => LockHandle.AcquireAsync(_repository, LockMode.Shared, NoDelay));
        Assert.Contains("future", refusal.Message, StringComparison.Ordinal);

        var waiting = LockHandle.AcquireAsync(_repository, LockMode.Shared, new LockOptions { SettleDelay = TimeSpan.Zero, RetryFor = TimeSpan.FromHours(2) });
        for (var i = 0; !waiting.IsCompleted && i < 1000; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System));
        }

        await (await waiting).DisposeAsync();
    }

    [Fact]
    public async Task A_lock_is_renewed_every_5_minutes()
    {
        await using var held = await LockHandle.AcquireAsync(_repository, LockMode.Shared, NoDelay);
        var first = (await NamesAsync()).Single();

        for (var i = 1; i <= 3; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(5));
            await UntilAsync(async () => await CountAsync() == 1 && (await NamesAsync()).Single() != first);
            first = (await NamesAsync()).Single();
            Assert.Equal(_time.GetUtcNow(), (await ReadLocksAsync()).Single().Time);
        }

        Assert.False(held.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_lock_that_cannot_be_renewed_is_lost_before_others_take_it_for_dead()
    {
        await using var held = await LockHandle.AcquireAsync(_repository, LockMode.Shared, NoDelay);
        _store.Plan(new StoreFault { Operation = StoreOperation.Put, ObjectKind = ObjectKind.Lock, Kind = StoreFaultKind.FailBefore, Times = int.MaxValue });
        var spent = TimeSpan.Zero;

        while (!held.Lost.IsCancellationRequested && spent < TimeSpan.FromHours(1))
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            spent += TimeSpan.FromMinutes(1);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        Assert.InRange(spent, TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(30));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lock_taken_away_during_sleep_is_lost_though_a_prune_may_have_come_and_gone(bool isPruning)
    {
        await using var held = await LockHandle.AcquireAsync(_repository, LockMode.Shared, NoDelay);
        await _store.DeleteAsync((await NamesAsync()).Single());
        if (isPruning)
            await WriteAsync("elsewhere", 1, _time.GetUtcNow(), exclusive: true);

        _time.Advance(TimeSpan.FromMinutes(5));

        await UntilAsync(() => held.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_store_that_refuses_deletes_fails_nothing()
    {
        _store.Plan(new StoreFault { Operation = StoreOperation.Delete, Kind = StoreFaultKind.FailBefore, Times = int.MaxValue, Problem = RepositoryProblem.AccessDenied });
        await WriteAsync("here", EndedProcess(), _time.GetUtcNow(), exclusive: true);

        await (await LockHandle.AcquireAsync(_repository, LockMode.Shared, NoDelay)).DisposeAsync();

        Assert.Equal(2, await CountAsync());
        Assert.Contains(_notices, notice => notice.Contains("could not be removed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lock_that_cannot_be_read_stops_only_who_wants_to_be_alone()
    {
        await _store.PutAsync(new ObjectName(ObjectKind.Lock, ObjectId.Of([1])), new byte[] { 2 });

        await (await LockHandle.AcquireAsync(_repository, LockMode.Shared, NoDelay)).DisposeAsync();
        var refusal = await Assert.ThrowsAsync<RepositoryException>(() => LockHandle.AcquireAsync(_repository, LockMode.Exclusive, NoDelay));

        Assert.Equal(RepositoryProblem.Locked, refusal.Problem);
    }

    private static int EndedProcess()
    {
        using var process = Process.Start(new ProcessStartInfo("true"))!;
        process.WaitForExit();
        return process.Id;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await condition())
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, deadline.Token);
    }

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private RepositoryOptions Options(string hostname) => new()
    {
        Time = _time,
        Hostname = hostname,
        Username = "user",
        OnNotice = notice =>
        {
            lock (_notices)
                _notices.Add(notice);
        },
    };

    private async Task WriteAsync(string hostname, int pid, DateTimeOffset time, bool exclusive)
    {
        var file = new LockFile { Time = time, Exclusive = exclusive, Hostname = hostname, Username = "other", Pid = pid };
        var bytes = UnpackedCodec.Seal(_repository.Cipher, JsonSerializer.SerializeToUtf8Bytes(file, RepositoryJson.Default.LockFile));
        await _store.PutAsync(new ObjectName(ObjectKind.Lock, ObjectId.Of(bytes)), bytes);
    }

    private async Task<List<ObjectName>> NamesAsync() => await _store.ListAsync(ObjectKind.Lock).Select(stored => stored.Name).ToListAsync();

    private async Task<int> CountAsync() => (await NamesAsync()).Count;

    private async Task<List<LockFile>> ReadLocksAsync()
    {
        var files = new List<LockFile>();
        foreach (var name in await NamesAsync())
            files.Add(JsonSerializer.Deserialize(UnpackedCodec.Open(_repository.Cipher, name, await _store.GetAsync(name)), RepositoryJson.Default.LockFile)!);
        return files;
    }
}
