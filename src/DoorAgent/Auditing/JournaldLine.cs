using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace DoorAgent.Auditing;

/// <summary>
/// Formats lines for journald: without the time, which journald adds, and with a priority in front (sd-daemon(3)), so that
/// 'journalctl -p err' shows the alarms. Every line of a message carries the priority.
/// </summary>
internal sealed class JournaldLine : ITextFormatter
{
    private readonly MessageTemplateTextFormatter _words = new("{Message:lj}{NewLine}{Exception}", CultureInfo.InvariantCulture);

    public void Format(LogEvent logEvent, TextWriter output)
    {
        StringWriter text = new(CultureInfo.InvariantCulture);
        _words.Format(logEvent, text);
        foreach (string line in text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
            output.Write($"<{Priority(logEvent.Level)}>{line}\n");
    }

    private static int Priority(LogEventLevel level) => level switch
    {
        LogEventLevel.Fatal => 2,
        LogEventLevel.Error => 3,
        LogEventLevel.Warning => 4,
        LogEventLevel.Information => 6,
        _ => 7,
    };
}
