using System.Text.RegularExpressions;
using BackupOnline.SystemTests.Running;
using BackupOnline.SystemTests.Trees;

namespace BackupOnline.SystemTests;

/// <summary>Each wrong thing ends in a message that says what to do, a right exit code, and nothing lost.</summary>
public sealed partial class BadInputTests(Stage stage) : IClassFixture<Stage>
{
    [Fact]
    public async Task A_wrong_password_ends_with_12()
    {
        var machine = await BackedUpAsync();
        await File.WriteAllTextAsync(Path.Combine(machine.Folder, "password"), "not the password\n");

        var refused = (await machine.AgentAsync("snapshots")).ShouldEndWith(12).ShouldBeFitForAUser("not the password");

        Assert.Contains("password", refused.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_wrong_credential_ends_with_23_and_does_not_show_it()
    {
        var machine = await BackedUpAsync();
        var secret = SecretOf(machine.Repository!);
        var wrong = new string([.. secret.Reverse()]);
        machine.Repository = machine.Repository!.Replace(secret, wrong, StringComparison.Ordinal);

        (await machine.AgentAsync("snapshots")).ShouldEndWith(23).ShouldBeFitForAUser(wrong);
    }

    [Fact]
    public async Task An_unknown_vault_and_a_foreign_vault_are_answered_alike()
    {
        var mine = await BackedUpAsync();
        var theirs = await BackedUpAsync();
        var good = new Uri(mine.Repository!["rest:".Length..]);
        var foreignPath = new Uri(theirs.Repository!["rest:".Length..]).AbsolutePath;

        mine.Repository = $"rest:{good.Scheme}://{good.UserInfo}@{good.Authority}{foreignPath}";
        var foreign = await mine.AgentAsync("snapshots");
        mine.Repository = $"rest:{good.Scheme}://{good.UserInfo}@{good.Authority}/nobody-at-all/main/";
        var unknown = await mine.AgentAsync("snapshots");

        Assert.NotEqual(0, foreign.ExitCode);
        unknown.ShouldEndWith(foreign.ExitCode).ShouldBeFitForAUser(good.UserInfo.Split(':')[1]);
        Assert.Equal(Message(unknown, "/nobody-at-all/main/"), Message(foreign, foreignPath));

        static string Message(Finished finished, string path) => finished.Errors.Replace(path.Trim('/'), "VAULT", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("some bytes of a pack are others", "f=$(find data -type f -size +100k | head -1); chmod u+w $f; printf XXXXXXXXXXXXXXXX | dd of=$f bs=1 seek=5000 conv=notrunc status=none")]
    [InlineData("a pack is missing", "rm -f $(find data -type f -size +100k | head -1)")]
    [InlineData("an index is cut short", "for f in index/*; do chmod u+w $f; truncate -s 100 $f; done")]
    public async Task Damage_on_the_shelf_is_found_and_named(string damage, string script)
    {
        var machine = await BackedUpAsync();
        await Shell.RunAsync(script, stage.FolderOf(machine.Repository!));

        var found = await machine.AgentAsync("check", "--read-data");

        Assert.True(found.ExitCode is 1 or 22, $"{damage}: check ended with {found.ExitCode}\n{found.Output}{found.Errors}");
        found.ShouldBeFitForAUser(Machine.Password);
        Assert.Matches(ObjectName(), found.Output + found.Errors);
    }

    [Fact]
    public async Task A_restore_onto_a_full_disk_says_so_and_ends_with_1()
    {
        var machine = await BackedUpAsync();
        var small = Path.Combine(machine.Folder, "small");
        await Shell.RunAsync("mkdir small && mount -t tmpfs -o size=2m none small", machine.Folder);
        try
        {
            var refused = (await machine.AgentAsync("restore", "latest", "--target", small)).ShouldEndWith(1).ShouldBeFitForAUser(Machine.Password);

            Assert.Contains("space", refused.Output + refused.Errors, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            await Shell.RunAsync("umount small", machine.Folder);
        }
    }

    [Fact]
    public async Task A_full_vault_ends_with_20_and_what_was_there_is_whole()
    {
        var tenant = await stage.Service.Door.MakeTenantAsync();
        await stage.Service.Door.PostAsync($"/tenants/{tenant}/vaults", new { name = "small", quotaBytes = 12_000_000 });
        var machine = stage.NewMachine();
        machine.Repository = await stage.Service.Door.MakeRepositoryAsync(tenant, "small");
        Directory.CreateDirectory(machine.Source);
        (await machine.AgentAsync("init", "--yes")).ShouldEndWith(0);
        await Shell.RunAsync("head -c 3000000 /dev/urandom > first.bin", machine.Source);
        (await machine.AgentAsync("backup", machine.Source)).ShouldEndWith(0);
        await Shell.RunAsync("head -c 60000000 /dev/urandom > second.bin", machine.Source);

        (await machine.AgentAsync("backup", machine.Source)).ShouldEndWith(20).ShouldBeFitForAUser(Machine.Password);

        (await machine.AgentAsync("check", "--read-data")).ShouldEndWith(0);
        (await machine.AgentAsync("restore", "latest", "--target", "restored")).ShouldEndWith(0);
        Assert.True(File.Exists(Path.Combine(machine.Folder, "restored" + machine.Source, "first.bin")));
    }

    [Fact]
    public async Task Two_agents_on_one_vault_at_once_both_end_well()
    {
        var tenant = await stage.Service.Door.MakeTenantAsync();
        var one = stage.NewMachine();
        var two = stage.NewMachine();
        one.Repository = await stage.Service.Door.MakeRepositoryAsync(tenant);
        two.Repository = await stage.Service.Door.MakeRepositoryAsync(tenant);
        (await one.AgentAsync("init", "--yes")).ShouldEndWith(0);
        foreach (var machine in new[] { one, two })
        {
            Directory.CreateDirectory(machine.Source);
            await Shell.RunAsync("head -c 40000000 /dev/urandom > data.bin", machine.Source);
        }

        var runs = await Task.WhenAll(one.AgentAsync("backup", one.Source), two.AgentAsync("backup", two.Source));

        Assert.All(runs, run => run.ShouldEndWith(0));
        (await one.ResticAsync("check", "--read-data")).ShouldEndWith(0);
        foreach (var machine in new[] { one, two })
        {
            (await machine.AgentAsync("restore", "latest", "--path", machine.Source, "--target", "restored")).ShouldEndWith(0);
            await TreeDescription.ShouldBeSameAsync(machine.Source, Path.Combine(machine.Folder, "restored" + machine.Source));
        }
    }

    [Fact]
    public async Task A_secret_in_an_argument_is_refused()
    {
        var machine = await stage.NewMachineAsync();
        var repository = machine.Repository!;
        machine.Repository = null;

        (await machine.AgentAsync("snapshots", "-r", repository)).ShouldEndWith(1).ShouldBeFitForAUser(SecretOf(repository));
    }

    /// <summary>A machine whose source has been backed up once by our agent.</summary>
    private async Task<Machine> BackedUpAsync()
    {
        var machine = await stage.NewMachineAsync();
        Directory.CreateDirectory(machine.Source);
        await Shell.RunAsync("head -c 5000000 /dev/urandom > data.bin; seq 1000 > numbers.txt", machine.Source);
        (await machine.AgentAsync("init", "--yes")).ShouldEndWith(0);
        (await machine.AgentAsync("backup", machine.Source)).ShouldEndWith(0);
        return machine;
    }

    private static string SecretOf(string repository) => new Uri(repository["rest:".Length..]).UserInfo.Split(':')[1];

    [GeneratedRegex("[0-9a-f]{8,64}")]
    private static partial Regex ObjectName();
}
