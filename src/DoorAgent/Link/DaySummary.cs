using DoorAgent.Auditing;
using DoorAgent.Events;

namespace DoorAgent.Link;

/// <summary>What happened at a door since the last summary: counts, and no people.</summary>
/// <param name="From">Begin of the time.</param>
/// <param name="To">End of the time.</param>
internal sealed record DaySummary(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Number of grants.</summary>
    public long Granted { get; private set; }

    /// <summary>Number of denials by reason.</summary>
    public SortedDictionary<string, long> Denied { get; } = new(StringComparer.Ordinal);

    /// <summary>Number of alarms by kind.</summary>
    public SortedDictionary<string, long> Alarms { get; } = new(StringComparer.Ordinal);

    /// <summary>Number of the warnings and other events that need a check, by kind.</summary>
    public SortedDictionary<string, long> Checks { get; } = new(StringComparer.Ordinal);

    /// <summary>How many records the door had removed before they could be counted.</summary>
    public long Removed { get; set; }

    /// <summary>The door's present faults.</summary>
    public IReadOnlyList<string> Faults { get; set; } = [];

    /// <summary>What waits, by channel: the number of events.</summary>
    public SortedDictionary<string, long> Waiting { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts events.</summary>
    public void Add(IEnumerable<DoorEvent> events)
    {
        foreach (DoorEvent made in events)
        {
            if (made.Kind == DoorEventKind.Granted)
                Granted++;
            if (made.Kind == DoorEventKind.Denied)
                Count(Denied, EventWords.OfReason(made) ?? "");
            if (made.IsAlarm())
                Count(Alarms, EventWords.OfKind(made));
            else if (made.Kind is not DoorEventKind.Denied && EventLines.Of(made).Level == Serilog.Events.LogEventLevel.Warning)
                Count(Checks, EventWords.OfKind(made));
        }
    }

    private static void Count(SortedDictionary<string, long> counts, string what) => counts[what] = counts.GetValueOrDefault(what) + 1;
}
