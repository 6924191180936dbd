using System.Globalization;
using System.Text;
using DoorAgent.Settings;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Settings.Configuration;
using Serilog.Sinks.File;

namespace DoorAgent.Auditing;

/// <summary>
/// The log: a readable console (under systemd lines with a priority), and compact JSON, ten files of 10 MB. Section
/// Serilog of the configuration changes levels, and with WriteTo replaces the sinks; redaction cannot be configured away.
/// </summary>
internal static class LogSetup
{
    private const long FileSize = 10_000_000;
    private const int Files = 10;
    private const string ConsoleLine = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    /// <summary>Makes the logger; dispose it at the end, so that the last line is written.</summary>
    /// <param name="configuration">Where section Serilog may stand.</param>
    /// <param name="places">Where the files go.</param>
    /// <param name="time">The clock that lines show when <paramref name="simulated"/>.</param>
    /// <param name="simulated">Whether lines carry the simulated time.</param>
    public static Logger Create(IConfiguration configuration, Places places, TimeProvider time, bool simulated)
    {
        // Two loggers, so that levels and redaction come first, then the clock, then whatever sinks are configured.
        Logger sinks = CreateSinks(configuration, places);
        LoggerConfiguration front = new LoggerConfiguration()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .ReadFrom.Configuration(Part(configuration, sinks: false), Options());
        Redaction redaction = new();
        front.Destructure.With(redaction).Enrich.With(redaction);
        return simulated
            ? front.WriteTo.Sink(new RestampingSink(sinks, time)).CreateLogger()
            : front.WriteTo.Sink(sinks).CreateLogger();
    }

    /// <summary>Writes what still waits and closes; on a full disk the last lines stand on the console only, and that is said there.</summary>
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

    // systemd.exec(5): set when the output goes to journald.
    private static bool UnderSystemd => Environment.GetEnvironmentVariable("JOURNAL_STREAM") is { Length: > 0 };

    private static Logger CreateSinks(IConfiguration configuration, Places places)
    {
        LoggerConfiguration sinks = new LoggerConfiguration().MinimumLevel.Verbose();
        if (configuration.GetSection("Serilog:WriteTo").Exists())
            return sinks.ReadFrom.Configuration(Part(configuration, sinks: true), Options()).CreateLogger();
        DataDirectory.Ensure(places.Logs);
        sinks = UnderSystemd
            ? sinks.WriteTo.Console(new JournaldLine())
            : sinks.WriteTo.Console(outputTemplate: ConsoleLine, formatProvider: CultureInfo.InvariantCulture);
        return sinks
            .WriteTo.File(new CompactJsonFormatter(), Path.Combine(places.Logs, "dooragent.jsonl"), fileSizeLimitBytes: FileSize,
                rollOnFileSizeLimit: true, retainedFileCountLimit: Files, hooks: new OwnerOnlyFiles())
            .CreateLogger();
    }

    private static ConfigurationReaderOptions Options() => new(
        typeof(ConsoleLoggerConfigurationExtensions).Assembly, typeof(FileLoggerConfigurationExtensions).Assembly)
    {
        SectionName = KnownKeys.FreeSection,
        FormatProvider = CultureInfo.InvariantCulture,
    };

    // Section Serilog with its sinks only, or with everything else.
    private static IConfigurationRoot Part(IConfiguration configuration, bool sinks)
    {
        return new ConfigurationBuilder().AddInMemoryCollection(configuration.GetSection(KnownKeys.FreeSection).AsEnumerable()
            .Where(pair => pair.Value is not null && (IsSink(pair.Key) == sinks || IsUsing(pair.Key)))).Build();

        static bool IsSink(string key) => IsBelow(key, "WriteTo") || IsBelow(key, "AuditTo");

        static bool IsUsing(string key) => IsBelow(key, "Using");

        static bool IsBelow(string key, string part) =>
            key.Split(':') is [_, var second, ..] && second.Equals(part, StringComparison.OrdinalIgnoreCase);
    }

    private sealed class OwnerOnlyFiles : FileLifecycleHooks
    {
        public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
        {
            DataDirectory.Protect(path);
            return underlyingStream;
        }
    }
}
