using System.CommandLine;
using System.Globalization;
using BackupOnline.Agent.Door;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Commands;

internal static class PercentileCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var month = new Argument<string>("month") { Description = screen.Speech.Say(TrafficSentences.Month), DefaultValueFactory = _ => "current" };
        var command = new Command("p95", screen.Speech.Say(TrafficSentences.Percentile)) { month };
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            var wanted = Uri.EscapeDataString(context.Parsed.GetValue(month)!);
            var statement = await TrafficDoor.AskAsync(context, $"traffic/{wanted}/statement", DoorJson.Default.Statement, cancellation);
            if (context.Screen.Json)
                context.Screen.Line(new PercentileLine(statement.Month, statement.Curve), AgentJson.Lines.PercentileLine);
            else
                Show(context.Screen, statement);
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Show(Screen screen, Statement statement)
    {
        var (speech, month) = (screen.Speech, statement.Month);
        screen.Result(speech.Say(month.Sealed ? TrafficSentences.Final : TrafficSentences.Bound, month.Month, Rate(month.P95Bytes), Rate(month.LimitBytes)));
        if (month.CorrectedP95Bytes < month.P95Bytes)
            screen.Result(speech.Say(TrafficSentences.Corrected, Rate(month.CorrectedP95Bytes)));
        screen.Result(speech.Say(TrafficSentences.Credits, month.CreditsUsed, month.FreeSamples, month.CreditsLeft));
        if (!month.Sealed)
            screen.Result(speech.Say(TrafficSentences.Forecast, Rate(month.ForecastBytes)));
        var burst = month.Burst;
        screen.Result(burst.QuietCeilingKbps is { } quiet
            ? speech.Say(TrafficSentences.Conformity, Kbps(burst.BurstKbps), Kbps(quiet))
            : speech.Say(TrafficSentences.Free, Kbps(burst.BurstKbps)));
        if (statement.Curve.Count == 0)
            return;
        screen.Result(speech.Say(TrafficSentences.Picture));
        foreach (var line in PercentilePicture.Draw([.. statement.Curve.Select(point => point.Bytes)], month.FreeSamples, month.LimitBytes))
            screen.Result(line);
    }

    private static string Rate(long bytesPerSlot) => string.Create(CultureInfo.InvariantCulture, $"{bytesPerSlot * 8m / 300 / 1_000_000:0.###} Mbit/s");

    private static string Kbps(long kbps) => string.Create(CultureInfo.InvariantCulture, $"{kbps / 1_000m:0.###} Mbit/s");
}
