using BackupOnline.SystemTests.Running;
using BackupOnline.SystemTests.Trees;

namespace BackupOnline.SystemTests;

/// <summary>Stock restic is client, verifier and judge: it never heard of us.</summary>
public sealed class StockResticTests(Stage stage) : IClassFixture<Stage>
{
    [Fact]
    public async Task Stock_restic_as_the_only_client_backs_up_checks_and_restores_and_may_not_forget_in_append_scope()
    {
        var machine = await stage.NewMachineAsync("append");
        await OddTree.MakeAsync(machine.Source);

        (await machine.ResticAsync("init")).ShouldEndWith(0);
        (await machine.ResticAsync("backup", "source")).ShouldEndWith(0);
        await File.WriteAllTextAsync(Path.Combine(machine.Source, "new.txt"), "new");
        (await machine.ResticAsync("backup", "source")).ShouldEndWith(0);
        (await machine.ResticAsync("check", "--read-data")).ShouldEndWith(0);
        (await machine.ResticAsync("restore", "latest", "--target", "restored")).ShouldEndWith(0);

        await TreeDescription.ShouldBeSameAsync(machine.Source, Path.Combine(machine.Folder, "restored", "source"));
        var refused = await machine.ResticAsync("forget", "--keep-last", "1");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("403", refused.Output + refused.Errors, StringComparison.Ordinal);
        var snapshots = (await machine.ResticAsync("snapshots", "--json")).ShouldEndWith(0);
        Assert.Equal(2, snapshots.Output.Split("\"short_id\"").Length - 1);
    }

    [Fact]
    public async Task Stock_restic_forgets_and_prunes_with_a_prune_credential_and_the_rest_stays_whole()
    {
        var machine = await stage.NewMachineAsync("prune");
        Directory.CreateDirectory(machine.Source);
        (await machine.ResticAsync("init")).ShouldEndWith(0);
        for (var day = 0; day < 3; day++)
        {
            await Shell.RunAsync("head -c 3000000 /dev/urandom > changing.bin", machine.Source);
            (await machine.ResticAsync("backup", "source")).ShouldEndWith(0);
        }

        (await machine.ResticAsync("forget", "--keep-last", "1", "--prune")).ShouldEndWith(0);

        (await machine.ResticAsync("check", "--read-data")).ShouldEndWith(0);
        (await machine.ResticAsync("restore", "latest", "--target", "restored")).ShouldEndWith(0);
        await TreeDescription.ShouldBeSameAsync(machine.Source, Path.Combine(machine.Folder, "restored", "source"));
    }

    [Fact]
    public async Task Our_agent_reads_what_restic_wrote()
    {
        var machine = await stage.NewMachineAsync("append");
        await OddTree.MakeAsync(machine.Source);
        (await machine.ResticAsync("init")).ShouldEndWith(0);
        (await machine.ResticAsync("backup", machine.Source)).ShouldEndWith(0);

        (await machine.AgentAsync("check", "--read-data")).ShouldEndWith(0);
        (await machine.AgentAsync("restore", "latest", "--target", "restored")).ShouldEndWith(0);

        await TreeDescription.ShouldBeSameAsync(machine.Source, Path.Combine(machine.Folder, "restored" + machine.Source));
        var again = (await machine.AgentAsync("backup", machine.Source, "--json")).ShouldEndWith(0);
        Assert.Contains("\"files_changed\":0", again.Output, StringComparison.Ordinal);
        Assert.Contains("\"files_new\":0", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restic_reads_what_our_agent_wrote()
    {
        var machine = await stage.NewMachineAsync("append");
        await OddTree.MakeAsync(machine.Source);
        (await machine.AgentAsync("init", "--yes")).ShouldEndWith(0);
        (await machine.AgentAsync("backup", machine.Source)).ShouldEndWith(0).ShouldBeFitForAUser(Machine.Password);

        (await machine.ResticAsync("check", "--read-data")).ShouldEndWith(0);
        (await machine.ResticAsync("restore", "latest", "--target", "restored")).ShouldEndWith(0);

        await TreeDescription.ShouldBeSameAsync(machine.Source, Path.Combine(machine.Folder, "restored" + machine.Source));
        var again = (await machine.ResticAsync("backup", machine.Source, "--json")).ShouldEndWith(0);
        Assert.Contains("\"files_changed\":0", again.Output, StringComparison.Ordinal);
        Assert.Contains("\"files_new\":0", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_target_that_is_not_UTF8_survives_our_own_agent()
    {
        var machine = await stage.NewMachineAsync();
        Directory.CreateDirectory(machine.Source);
        await Shell.RunAsync("ln -s $'not-utf8-\\xe9' odd-target", machine.Source);
        (await machine.AgentAsync("init", "--yes")).ShouldEndWith(0);
        (await machine.AgentAsync("backup", machine.Source)).ShouldEndWith(0);

        (await machine.ResticAsync("check", "--read-data")).ShouldEndWith(0);
        (await machine.AgentAsync("restore", "latest", "--target", "restored")).ShouldEndWith(0);

        await TreeDescription.ShouldBeSameAsync(machine.Source, Path.Combine(machine.Folder, "restored" + machine.Source));
    }
}
