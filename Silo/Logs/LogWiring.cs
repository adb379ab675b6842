using BackupOnline.Persistence.Embedded;
using BackupOnline.Silo.Settings;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;

namespace BackupOnline.Silo.Logs;

/// <summary>Two outlets: short lines for a person on the terminal, everything as JSON lines in a rolling file.</summary>
internal static class LogWiring
{
    private const string Line = "{Timestamp:HH:mm:ss} {Level:u3} {Text:l}{Cause}{NewLine}";
    private const long MostBytesOfAFile = 100L << 20;
    private const int MostFiles = 31;

    /// <summary>Orleans' words when a silo that stops finds no other silo for its grains: what happens whenever the last one stops, and no error to a person.</summary>
    private const string NowhereToMigrate = "Error while selecting a migration destination for {GrainId}";

    public static void AddLogs(this WebApplicationBuilder builder, SiloSettings settings)
    {
        PrivateFile.MakeFolder(settings.Logs);
        builder.Services.AddSerilog(log => log
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Orleans", LogEventLevel.Warning)
            .MinimumLevel.Override("Polly", LogEventLevel.Warning)

            // At start it takes the machine's uptime for its own delay.
            .MinimumLevel.Override("Orleans.Runtime.Watchdog", LogEventLevel.Error)

            // Advice on the garbage collector: a shelf's machine has other use for its memory.
            .MinimumLevel.Override("Orleans.Runtime.SiloControl", LogEventLevel.Error)
            .Enrich.FromLogContext()
            .Enrich.WithProperty("Silo", settings.Node)
            .Enrich.With<CauseEnricher>()
            .WriteTo.Logger(terminal => terminal
                .Filter.ByExcluding(entry => entry.MessageTemplate.Text == NowhereToMigrate)
                .WriteTo.Console(outputTemplate: Line, formatProvider: System.Globalization.CultureInfo.InvariantCulture))
            .WriteTo.File(
                new CompactJsonFormatter(),
                Path.Combine(settings.Logs, $"silo-{settings.Node}-.jsonl"),
                rollingInterval: RollingInterval.Day,
                rollOnFileSizeLimit: true,
                fileSizeLimitBytes: MostBytesOfAFile,
                retainedFileCountLimit: MostFiles));
    }

    /// <summary>Message and exception in one line each: stack traces, also those that the framework writes into a message, are for the file.</summary>
    private sealed class CauseEnricher : ILogEventEnricher
    {
        private readonly MessageTemplateTextFormatter _message = new("{Message:lj}", System.Globalization.CultureInfo.InvariantCulture);

        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
        {
            var cause = logEvent.Exception is { } fault ? $" ({fault.GetType().Name}: {fault.Message.ReplaceLineEndings(" ")})" : "";
            logEvent.AddPropertyIfAbsent(propertyFactory.CreateProperty("Cause", cause));
            using var text = new StringWriter();
            _message.Format(logEvent, text);
            logEvent.AddPropertyIfAbsent(propertyFactory.CreateProperty("Text", text.ToString().Split('\n', 2)[0].TrimEnd()));
        }
    }
}
