using Serilog.Core;
using Serilog.Events;

namespace DoorAgent.Auditing;

/// <summary>Gives each line the time of a clock of ours: Serilog reads the system's, which in simulation is the wrong one.</summary>
internal sealed class RestampingSink(Logger inner, TimeProvider time) : ILogEventSink, IDisposable
{
    public void Emit(LogEvent logEvent) => inner.Write(new LogEvent(
        TimeZoneInfo.ConvertTime(time.GetUtcNow(), time.LocalTimeZone), logEvent.Level, logEvent.Exception, logEvent.MessageTemplate,
        logEvent.Properties.Select(property => new LogEventProperty(property.Key, property.Value)),
        logEvent.TraceId ?? default, logEvent.SpanId ?? default));

    public void Dispose() => inner.Dispose();
}
