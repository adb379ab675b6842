using System.Globalization;

namespace BackupOnline.Agent.Tests.Running;

/// <summary>A repository with eight snapshots of two hosts over three weeks, made by both programs; made once for a class of tests, copied for each.</summary>
public sealed class FilledRepository : IAsyncLifetime
{
    private readonly Machine _machine = new Machine().WithRepository();

    public async ValueTask InitializeAsync()
    {
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        var days = new[] { 0, 0, 1, 2, 9, 20, 20, 21 };
        for (var number = 0; number < days.Length; number++)
        {
            _machine.Write($"source/file{number}", $"content {number}");
            if (number > 0)
                File.Delete(_machine.PathOf($"source/file{number - 1}"));
            var time = new DateTime(2026, 3, 1, 10 + (number % 3), 0, number).AddDays(days[number]).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            string[] tags = number switch { 1 => ["--tag", "a,b"], 2 => ["--tag", "b"], _ => [] };
            string[] arguments = ["backup", _machine.Source, "--host", number is 3 or 5 ? "h2" : "h1", "--time", time, .. tags];
            if (number % 2 == 0)
                (await _machine.RunAsync(arguments)).ShouldEndWith(0);
            else
                (await _machine.ResticAsync(["-r", _machine.Repository, .. arguments])).ShouldEndWith(0);
        }
    }

    public async Task CopyToAsync(Machine machine) => (await machine.RunProgramAsync("cp", ["-r", _machine.Repository, machine.Repository])).ShouldEndWith(0);

    public ValueTask DisposeAsync()
    {
        _machine.Dispose();
        return ValueTask.CompletedTask;
    }
}
