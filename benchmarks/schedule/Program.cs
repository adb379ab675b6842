using System.Globalization;
using BackupOnline.Schedule;
using BackupOnline.Schedule.Contenders;
using BackupOnline.Schedule.Running;

var rounds = Number("--rounds", 3);
var others = Number("--others", 100_000);
var only = Text("--only");
var clock = TimeProvider.System;

await using var database = await BenchDatabase.StartAsync(clock);
await using var silo = await BenchSilo.StartAsync(database, clock, Text("--in-flight") is { } inFlight ? int.Parse(inFlight, CultureInfo.InvariantCulture) : null);
var report = new Report(rounds, others);
await MeasureAsync(nameof(OurSchedules), () => OurSchedules.PrepareAsync(database, silo, others, clock), [(1_000, rounds), (10_000, rounds), (50_000, 1)]);
await MeasureAsync(nameof(QuartzSchedules), () => QuartzSchedules.PrepareAsync(database, silo, others, clock), [(1_000, rounds), (10_000, 1)]);
await MeasureAsync(nameof(HangfireSchedules), () => HangfireSchedules.PrepareAsync(database, silo, others, clock), [(1_000, rounds), (10_000, 1)]);
Console.Out.Write(report.ToMarkdown());

async Task MeasureAsync(string type, Func<Task<IContender>> prepare, (int Crowd, int Rounds)[] crowds)
{
    if (only is not null && !type.StartsWith(only, StringComparison.OrdinalIgnoreCase)) return;
    var contender = await prepare();
    report.Contenders.Add(contender);

    // The first crowd meets cold code, pools and caches, and counts nothing. Whoever takes minutes for a crowd is asked once.
    await contender.RunAsync(Number("--warm", 2_000));
    foreach (var (crowd, times) in crowds.Where(crowd => Text("--crowd") is not { } one || one == $"{crowd.Crowd}"))
    {
        for (var round = 1; round <= times; round++)
        {
            var result = await contender.RunAsync(crowd);
            report.Results.Add(result);
            Console.Error.WriteLine(result.ToString());
        }
    }
}

string? Text(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
