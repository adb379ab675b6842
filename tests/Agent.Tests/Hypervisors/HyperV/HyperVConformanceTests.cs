using System.Text.Json;
using BackupOnline.Agent.Hypervisors.HyperV;
using BackupOnline.Agent.Hypervisors.HyperV.Conformance;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>The run that a person starts on a real host, on the simulated one: every rule holds there, and a host that differs is called different.</summary>
public sealed class HyperVConformanceTests : IDisposable
{
    private const long Size = 8 * HyperVLab.Mebibyte;
    private readonly HyperVLab _lab = new(seed: 101);
    private readonly HyperVTranscript _transcript = new(TimeProvider.System);

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Every_rule_holds_on_the_simulated_host_and_nothing_stays()
    {
        var (machine, verdicts) = await RunAsync();

        Assert.All(verdicts, verdict => Assert.True(verdict.Holds == true, $"{verdict.Rule.Id}: {verdict.Detail}"));
        Assert.Equal(HyperVRules.All.Count, verdicts.Count);
        HyperVLab.ShouldBeTidy(machine, points: 0);
        var lines = _transcript.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("call").GetString()).ToList();
        Assert.Contains("changes", lines);
        Assert.Contains("convertToReferencePoint", lines);
    }

    [Fact]
    public async Task A_host_that_forgets_names_is_found_out_and_left_tidy()
    {
        _lab.Host.ForgetsNames = true;

        var (machine, verdicts) = await RunAsync();

        Assert.Equal(["checkpoint-named", "driver-died"], verdicts.Where(verdict => verdict.Holds == false).Select(verdict => verdict.Rule.Id));
        HyperVLab.ShouldBeTidy(machine, points: 0);
    }

    [Fact]
    public async Task A_host_whose_changes_lack_something_is_found_out()
    {
        _lab.Host.Distort = changes => changes with { Offsets = [], Lengths = [] };

        var (_, verdicts) = await RunAsync();

        Assert.Equal(["changes-right"], verdicts.Where(verdict => verdict.Holds != true).Select(verdict => verdict.Rule.Id));
    }

    [Fact]
    public async Task A_host_that_refuses_leaves_the_rules_unseen()
    {
        _lab.Host.Fail(new SimulatedFault(nameof(IHyperVHost.CreateSnapshotAsync), ReturnValue: HyperVFailure.AccessDenied));

        var (machine, verdicts) = await RunAsync();

        Assert.Contains(verdicts, verdict => verdict.Holds is null && verdict.Detail.Contains("access denied"));
        HyperVLab.ShouldBeTidy(machine, points: 0);
    }

    [Fact]
    public async Task Away_from_Windows_the_verb_says_where_it_runs()
    {
        using var machine = new Machine();

        (await machine.RunAsync("hyperv-conformance", "--machine", "test")).ShouldEndWith(1).ShouldSay("Windows host with Hyper-V");
        Assert.Empty(Directory.GetFiles(machine.Folder));
        (await machine.RunAsync("hyperv-conformance", "--limit", "much")).ShouldEndWith(1).ShouldSay("--limit");
    }

    private async Task<(SimulatedMachine Machine, IReadOnlyList<HyperVVerdict> Verdicts)> RunAsync()
    {
        var machine = await _lab.Host.MachineAsync("test", Size, Size);
        await _lab.Host.GuestWritesAsync(machine, 0, (0, 100_000), (5 << 20, 5000));
        await _lab.Host.GuestWritesAsync(machine, 1, (1 << 20, 5000));
        var patience = new HyperVPatience { Look = TimeSpan.FromMilliseconds(1) };
        var run = new HyperVConformance(new HyperVObservedHost(_lab.Host, _transcript), _lab.PathOf("conformance"), patience, long.MaxValue,
            _ => _lab.Host.GuestWritesAsync(machine, 0, (3 << 20, 5000), (7 << 20, 5000)), TimeProvider.System);
        return (machine, await run.RunAsync(machine.Ref, CancellationToken.None));
    }
}
