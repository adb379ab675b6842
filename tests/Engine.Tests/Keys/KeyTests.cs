using System.Text.Json;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Tests.Keys;

public sealed class KeyTests
{
    [Fact]
    public async Task A_second_password_opens_the_repository_for_us_and_for_restic()
    {
        using var folder = new TempFolder();
        using var store = new LocalStore(folder["repo"]);
        ObjectId added;
        await using (var repository = await Repository.InitAsync(store, "first password"))
            added = await repository.AddKeyAsync(StockRestic.Password, "a-host", "a-user");

        await StockRestic.RunAsync(folder["repo"], "check");
        var keys = JsonDocument.Parse(await StockRestic.RunAsync(folder["repo"], "key", "list", "--json")).RootElement.EnumerateArray().ToList();
        var key = keys.Single(one => one.GetProperty("current").GetBoolean());
        Assert.StartsWith(key.GetProperty("id").GetString()!, added.ToString(), StringComparison.Ordinal);
        Assert.Equal(("a-user", "a-host"), (key.GetProperty("userName").GetString(), key.GetProperty("hostName").GetString()));
        Assert.Equal(2, keys.Count);
    }

    [Fact]
    public async Task A_changed_password_opens_and_the_old_one_does_not()
    {
        using var store = new MemoryStore();
        await using (var repository = await Repository.InitAsync(store, "old"))
            await repository.ChangePasswordAsync("new");

        Assert.Equal(RepositoryProblem.WrongPassword, (await Assert.ThrowsAsync<RepositoryException>(() => Repository.OpenAsync(store, "old"))).Problem);
        await using var again = await Repository.OpenAsync(store, "new");
        Assert.Single(await again.KeysAsync());
    }

    [Fact]
    public async Task The_key_in_use_is_never_removed_and_another_one_is()
    {
        using var store = new MemoryStore();
        await using var repository = await Repository.InitAsync(store, "mine");
        var other = await repository.AddKeyAsync("other");
        var own = (await repository.KeysAsync()).Single(key => key.IsCurrent).Id;

        await Assert.ThrowsAsync<ArgumentException>(() => repository.RemoveKeyAsync(own));
        await repository.RemoveKeyAsync(other);

        Assert.Equal([own], (await repository.KeysAsync()).Select(key => key.Id));
    }

    [Fact]
    public async Task Whatever_fails_while_a_password_is_changed_one_of_the_two_opens()
    {
        for (var step = 0; step < 3; step++)
        {
            using var memory = new MemoryStore();
            using var store = new FaultyStore(memory);
            await using (var repository = await Repository.InitAsync(store, "old"))
            {
                store.CutOffAfter(step);
                await Record.ExceptionAsync(() => repository.ChangePasswordAsync("new"));
            }

            var opened = 0;
            foreach (var password in (string[])["old", "new"])
            {
                if (await Record.ExceptionAsync(async () => await (await Repository.OpenAsync(memory, password)).DisposeAsync()) is null)
                    opened++;
            }

            Assert.True(opened >= 1, $"Cut off after {step} steps nothing opens the repository.");
        }
    }
}
