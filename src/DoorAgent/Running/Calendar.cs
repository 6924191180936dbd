using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Hardware;
using DoorAgent.Matching;
using DoorAgent.Modes;
using DoorAgent.Schedules;

namespace DoorAgent.Running;

/// <summary>Gives the decision loop what depends on the wall clock: access hours and the end of each day. All other times are
/// monotonic.</summary>
internal sealed class Calendar : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly AccessHours _own;
    private readonly string? _unlockHours, _twoPersonHours;
    private readonly TimeProvider _time;
    private readonly ITimer _days;
    private AccessHours _hours;
    private ImmutableArray<string> _unconfigured = [];
    private (DateTimeOffset From, bool IsOpen, DateTimeOffset? ChangeAt)? _known;

    /// <param name="hours">The access hours.</param>
    /// <param name="unlockHours">Name of the hours in which the door is held unlocked; null without any.</param>
    /// <param name="twoPersonHours">Name of the hours in which everybody needs a second person; null without any.</param>
    /// <param name="warnings">Warnings about settings that weaken the door.</param>
    /// <param name="inbox">Receives <see cref="DoorMessage.DayPassed"/> every 24 hours.</param>
    /// <param name="time">The clock.</param>
    public Calendar(AccessHours hours, string? unlockHours, string? twoPersonHours, ImmutableArray<string> warnings,
        Mailbox<DoorMessage> inbox, TimeProvider time)
    {
        (_own, _hours, _unlockHours, _twoPersonHours, _time) = (hours, hours, unlockHours, twoPersonHours, time);
        Warnings = [.. warnings.Select(warning => new DoorEvent(DoorEventKind.Warning) { Detail = warning })];
        _days = time.CreateTimer(_ => inbox.Post(DoorMessage.DayPassed.Instance), null, Day, Day);
    }

    /// <summary>Events about settings that weaken the door, recorded at the start and every day.</summary>
    public ImmutableArray<DoorEvent> Warnings { get; }

    /// <summary>Takes over the hours of the fleet's group, beside the door's own.</summary>
    public void Take(FleetHours fleet) => (_hours, _known) = (_own.With(fleet.Schedules), null);

    /// <summary>Whether the wall clock can be trusted.</summary>
    public bool IsClockSet => _hours.IsClockSet(_time.GetUtcNow());

    /// <summary>The access hours, those of the fleet's group too, by name.</summary>
    public IReadOnlyDictionary<string, string> Schedules => _hours.Schedules;

    /// <summary>The wall time, at the door's offset.</summary>
    public DateTimeOffset Now => _hours.Local(_time.GetUtcNow());

    /// <summary>The time to the next whole minute of the wall clock: schedules change at whole minutes.</summary>
    public TimeSpan ToNextMinute => TimeSpan.FromTicks(TimeSpan.TicksPerMinute - (_time.GetUtcNow().Ticks % TimeSpan.TicksPerMinute));

    /// <summary>Reads the unlock hours. The search for their next change is long, and its result is kept until then.</summary>
    public HoursRead ReadUnlockHours()
    {
        if (_unlockHours is null)
            return new HoursRead(false, null);
        DateTimeOffset now = _time.GetUtcNow();
        bool isOpen = _hours.IsOpen(_unlockHours, now);
        if (_known is not { } known || known.IsOpen != isOpen || now < known.From || now >= (known.ChangeAt ?? known.From + Day))
            _known = known = (now, isOpen, _hours.NextChange(_unlockHours, now));
        return new HoursRead(isOpen, known.ChangeAt);
    }

    /// <summary>Returns whether everybody needs a second person now; true where that is not known.</summary>
    public bool IsTwoPersonTime() => _twoPersonHours is { } hours && _hours.MayBeOpen(hours, _time.GetUtcNow());

    /// <summary>Returns the next instant at which the wall clock shows a time; null while the clock is not set.</summary>
    public DateTimeOffset? Next(TimeOnly time) => _hours.Next(time, _time.GetUtcNow());

    /// <summary>Returns why a person's validity or schedule forbids entry now; null when entry is allowed.</summary>
    public Refusal? NotAllowedNow(Person person) => _hours.RefusalOf(person, _time.GetUtcNow());

    /// <summary>Returns events for schedules of this gallery that are not configured and were not reported for the previous
    /// gallery.</summary>
    public IEnumerable<DoorEvent> NewlyUnconfigured(Gallery gallery)
    {
        ImmutableArray<string> before = _unconfigured;
        _unconfigured = _hours.Unconfigured(gallery, person => PersonReference.Of(person.Id, person.Name));
        return _unconfigured.Except(before).Select(what => new DoorEvent(DoorEventKind.ScheduleUnknown) { Detail = what });
    }

    public void Dispose() => _days.Dispose();
}
