using System.Globalization;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

/// <summary>
/// Real prunes, one or two at once, killed at a random moment while a backup saves again the very content that nothing needs any more. Stock restic judges.
/// <c>BACKUPONLINE_PRUNE_ROUNDS</c> says how often (default 2; <c>scripts/bench.sh prune</c>: 100), <c>BACKUPONLINE_SEED</c> chooses the moments.
/// </summary>
public sealed class PruneKillTests : IDisposable
{
    private const int FileBytes = 60_000;
    private static readonly string[] Graces = ["0", "2s", "1h"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly Machine _machine = new Machine().WithRepository();
    private readonly Random _dice = new(Number("BACKUPONLINE_SEED", 1));

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Killed_at_any_moment_beside_others_it_loses_nothing()
    {
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        var moment = TimeSpan.FromSeconds(2);
        for (var round = Number("BACKUPONLINE_PRUNE_ROUNDS", 2); round > 0; round--)
        {
            // What is saved, forgotten and saved again beside the prunes, and what stays, half of it new, so that packs are partly needed.
            Fill("again", 60);
            Fill("source", 60);
            (await _machine.RunAsync("backup", _machine.PathOf("again"), _machine.Source)).ShouldEndWith(0);
            (await _machine.ResticAsync("-r", _machine.Repository, "backup", _machine.Source)).ShouldEndWith(0);
            (await _machine.RunAsync("forget", "--keep-last", "1", "--group-by", "")).ShouldEndWith(0);

            string[] prune = ["prune", "--max-unused", "0", "--grace", Graces[_dice.Next(Graces.Length)]];
            var began = TimeProvider.System.GetTimestamp();
            await using var one = _machine.Start(Machine.Program, prune);
            await using var two = _machine.Start(Machine.Program, _dice.Next(2) == 0 ? prune : ["snapshots"]);
            await using var backup = _dice.Next(2) == 0
                ? _machine.Start(Machine.Program, ["backup", _machine.PathOf("again")])
                : _machine.With("RESTIC_PASSWORD", Machine.Password).Start("restic", ["--no-cache", "-r", _machine.Repository, "backup", _machine.PathOf("again")]);
            if (_dice.Next(4) > 0)
            {
                await Task.Delay(moment * _dice.NextDouble(), TimeProvider.System, TestContext.Current.CancellationToken);
                one.Kill();
                two.Kill();
            }

            if ((await one.EndAsync(Patience)).ExitCode == 0)
                moment = TimeProvider.System.GetElapsedTime(began) * 1.1;
            await two.EndAsync(Patience);
            await JudgeAsync((await backup.EndAsync(Patience)).ExitCode == 0);
        }
    }

    private async Task JudgeAsync(bool savedAgain)
    {
        // Whoever was killed has left its lock.
        (await _machine.ResticAsync("-r", _machine.Repository, "unlock", "--remove-all")).ShouldEndWith(0);
        await _machine.ShouldBeSoundForResticAsync();
        (await _machine.RunAsync("check", "--read-data")).ShouldEndWith(0);
        foreach (var folder in savedAgain ? (string[])["source", "again"] : ["source"])
        {
            var target = _machine.PathOf("out");
            (await _machine.ResticAsync("-r", _machine.Repository, "restore", "latest", "--path", _machine.PathOf(folder), "--target", target)).ShouldEndWith(0);
            await _machine.ShouldBeEqualAsync(_machine.PathOf(folder), target + _machine.PathOf(folder));
            Directory.Delete(target, recursive: true);
        }
    }

    private void Fill(string folder, int files)
    {
        var bytes = new byte[FileBytes];
        for (var number = 0; number < files; number++)
        {
            var path = Path.Combine(_machine.PathOf(folder), $"file{number}");
            if (File.Exists(path) && _dice.Next(2) == 0)
                continue;
            _dice.NextBytes(bytes);
            Directory.CreateDirectory(_machine.PathOf(folder));
            File.WriteAllBytes(path, bytes);
        }
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
