using Serilog.Events;

namespace DoorAgent.Auditing;

/// <summary>How a kind of event looks in the log.</summary>
/// <param name="Id">Event id: 1xx agent, 2xx decisions, 3xx door, 4xx devices, 5xx data. Never reused.</param>
/// <param name="Level">Error is an alarm, Warning wants a look, Information is the day.</param>
/// <param name="Template">Message template; a part in [brackets] is left out when one of its fields is not known.</param>
/// <param name="Meaning">What it says, for the page of events.</param>
/// <param name="Remedy">What to do; empty when nothing is to be done.</param>
internal sealed record EventLine(int Id, LogEventLevel Level, string Template, string Meaning, string Remedy)
{
    /// <summary>The first thing to do, for the end of a line: <see cref="Remedy"/> up to its first stop.</summary>
    public string FirstStep => Remedy.Split(Stops, 2, StringSplitOptions.None)[0].TrimEnd('.');

    private static readonly string[] Stops = [". ", "; ", "? "];
}
