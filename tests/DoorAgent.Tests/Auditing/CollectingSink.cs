using System.Globalization;
using Serilog.Core;
using Serilog.Events;

namespace DoorAgent.Tests.Auditing;

/// <summary>Keeps the logged lines.</summary>
internal sealed class CollectingSink : ILogEventSink
{
    private readonly List<LogEvent> _events = [];

    public IReadOnlyList<LogEvent> Events => _events;

    public LogEvent Only => Assert.Single(_events);

    /// <summary>The lines as the console shows them.</summary>
    public IEnumerable<string> Lines
    {
        get
        {
            Serilog.Formatting.Display.MessageTemplateTextFormatter formatter = new("{Message:lj}", CultureInfo.InvariantCulture);
            foreach (LogEvent e in _events)
            {
                using StringWriter line = new(CultureInfo.InvariantCulture);
                formatter.Format(e, line);
                yield return line.ToString();
            }
        }
    }

    public void Emit(LogEvent logEvent) => _events.Add(logEvent);
}
