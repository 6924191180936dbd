using System.Collections.Concurrent;
using System.Globalization;
using DoorAgent.Settings;
using DoorAgent.Storage;
using Serilog;
using Serilog.Core;
using Serilog.Debugging;
using Serilog.Events;

namespace DoorAgent.Auditing;

/// <summary>
/// Creates the log: a readable console (under systemd lines with a priority), and compact JSON, ten files of 10 MB. Section
/// Serilog of the configuration changes levels, and with WriteTo adds sinks; no setting turns redaction off.
/// </summary>
internal static class LogSetup
{
    private const string ConsoleLine = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    /// <summary>Creates the logger; the caller disposes it at the end, so that the last line is written.</summary>
    /// <param name="options">Checked options.</param>
    /// <param name="section">Section Serilog.</param>
    /// <param name="places">The place of the files.</param>
    /// <param name="time">The clock that lines show when <paramref name="simulated"/>.</param>
    /// <param name="files">The log's files, for a caller that checks them; the logger disposes them.</param>
    /// <param name="simulated">Whether lines carry the simulated time.</param>
    /// <exception cref="UserErrorException">Section Serilog or the log's directory cannot be used.</exception>
    public static Logger Create(AuditingOptions options, SerilogSection section, Places places, TimeProvider time, bool simulated,
        LogFiles? files = null)
    {
        LogTargets targets = new(options, section, places);
        ConcurrentQueue<string> failures = [];
        // Two loggers, so that levels and redaction come first, then the clock, then the configured sinks.
        Logger sinks = CreateSinks(section, places, targets, files ?? new LogFiles(places.Logs), failures);
        Redaction redaction = new();
        LoggerConfiguration front = new LoggerConfiguration()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .Destructure.With(redaction);
        // The section's enrichers come before ours, which redacts what they add.
        front = section.ReadAllButSinks(front).Enrich.With(redaction);
        Logger log = simulated
            ? front.WriteTo.Sink(new RestampingSink(sinks, time)).CreateLogger()
            : front.WriteTo.Sink(sinks).CreateLogger();
        foreach (string warning in targets.Warnings().Concat(failures.Select(WithoutTrace)))
            log.Warning("{Warning}", warning);
        return log;
    }

    /// <summary>Writes the remaining lines and closes the log; on a full disk the last lines are on the console only, with an error that
    /// says so.</summary>
    public static void Close(Logger log)
    {
        try
        {
            log.Dispose();
        }
        catch (IOException failure)
        {
            Console.Error.WriteLine($"dooragent: the last lines could not be written to the log file: {failure.Message}");
        }
    }

    // "Time sender: what", then the exception with its stack.
    private static string WithoutTrace(string failure)
    {
        string text = failure[(failure.IndexOf(": ", StringComparison.Ordinal) + 2)..];
        return $"section Serilog: {string.Join(", ", text.Split('\n').Take(2).Select(line => line.Trim()))}";
    }

    // systemd.exec(5): set when the output goes to journald.
    private static bool UnderSystemd => Environment.GetEnvironmentVariable("JOURNAL_STREAM") is { Length: > 0 };

    private static Logger CreateSinks(SerilogSection section, Places places, LogTargets targets, LogFiles files,
        ConcurrentQueue<string> failures)
    {
        LoggerConfiguration sinks = Added(section, failures);
        if (targets.Console)
        {
            sinks = UnderSystemd
                ? sinks.WriteTo.Console(new JournaldLine())
                : sinks.WriteTo.Console(outputTemplate: ConsoleLine, formatProvider: CultureInfo.InvariantCulture);
        }

        if (!targets.Files)
            return sinks.CreateLogger();
        DataDirectory.Ensure(places.Logs);
        return sinks.WriteTo.Sink(files).CreateLogger();
    }

    // A sink that cannot open its file writes nothing, and reports that to Serilog's own log only.
    private static LoggerConfiguration Added(SerilogSection section, ConcurrentQueue<string> failures)
    {
        LoggerConfiguration sinks = new LoggerConfiguration().MinimumLevel.Verbose();
        if (!section.HasSinks)
            return sinks;
        SelfLog.Enable(failures.Enqueue);
        try
        {
            return section.ReadSinks(sinks);
        }
        finally
        {
            SelfLog.Disable();
        }
    }
}

/// <summary>Gives each line the simulated time, since Serilog reads the system's clock.</summary>
internal sealed class RestampingSink(Logger inner, TimeProvider time) : ILogEventSink, IDisposable
{
    public void Emit(LogEvent logEvent) => inner.Write(new LogEvent(
        TimeZoneInfo.ConvertTime(time.GetUtcNow(), time.LocalTimeZone), logEvent.Level, logEvent.Exception, logEvent.MessageTemplate,
        logEvent.Properties.Select(property => new LogEventProperty(property.Key, property.Value)),
        logEvent.TraceId ?? default, logEvent.SpanId ?? default));

    public void Dispose() => inner.Dispose();
}
