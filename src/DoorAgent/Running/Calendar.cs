using System.Collections.Immutable;
using DoorAgent.Events;
using DoorAgent.Hardware;
using DoorAgent.Matching;
using DoorAgent.Schedules;

namespace DoorAgent.Running;

/// <summary>What the deciding loop has from the wall clock: who may enter now, and that another day is over. All else it times by the monotonic clock.</summary>
internal sealed class Calendar : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly AccessHours _hours;
    private readonly TimeProvider _time;
    private readonly ITimer _days;
    private ImmutableArray<string> _unconfigured = [];

    /// <param name="hours">Who may enter when.</param>
    /// <param name="warnings">What weakens this door.</param>
    /// <param name="inbox">Is told of each day that has passed.</param>
    /// <param name="time">The clock.</param>
    public Calendar(AccessHours hours, ImmutableArray<string> warnings, Mailbox<DoorMessage> inbox, TimeProvider time)
    {
        (_hours, _time) = (hours, time);
        Warnings = [.. warnings.Select(warning => new DoorEvent(DoorEventKind.Warning) { Detail = warning })];
        _days = time.CreateTimer(_ => inbox.Post(DoorMessage.DayPassed.Instance), null, Day, Day);
    }

    /// <summary>What weakens this door, to be said at the start and with each day.</summary>
    public ImmutableArray<DoorEvent> Warnings { get; }

    /// <summary>The hours that are configured, by name.</summary>
    public IReadOnlyDictionary<string, string> Schedules => _hours.Schedules;

    /// <summary>Why a person may not enter at this moment, by validity and schedule; null when they may.</summary>
    public Refusal? NotAllowedNow(Person person) => _hours.RefusalOf(person, _time.GetUtcNow());

    /// <summary>Schedules of this gallery that are not configured and were not said of the gallery before.</summary>
    public IEnumerable<DoorEvent> NewlyUnconfigured(Gallery gallery)
    {
        ImmutableArray<string> before = _unconfigured;
        _unconfigured = _hours.Unconfigured(gallery);
        return _unconfigured.Except(before).Select(what => new DoorEvent(DoorEventKind.ScheduleUnknown) { Detail = what });
    }

    public void Dispose() => _days.Dispose();
}
