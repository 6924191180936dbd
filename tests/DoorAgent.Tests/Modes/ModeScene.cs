using System.Collections.Immutable;
using DoorAgent.Events;
using DoorAgent.Modes;

namespace DoorAgent.Tests.Modes;

/// <summary>The rule of the modes with hours that the test opens and closes, and a clock that it moves.</summary>
internal sealed class ModeScene
{
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(1));

    private readonly ModeRule _rule;
    private readonly bool _hasHours;

    // The clock starts after weeks: at second 0 a wrong sign would go unnoticed.
    private TimeSpan _now = TimeSpan.FromDays(40);

    public ModeScene(bool hasHours = true, bool firstPersonIn = false, LastingMode? before = null)
    {
        (_rule, _hasHours) = (new ModeRule(hasHours ? "shop" : null, firstPersonIn), hasHours);
        Apply(new ModeStarting(before ?? LastingMode.Normal));
    }

    public ModeState State { get; private set; } = ModeState.Initial;

    public ImmutableArray<DoorEvent> Last { get; private set; } = [];

    public string? Refusal { get; private set; }

    public DateTimeOffset Wall { get; set; } = Monday;

    public bool AreHoursOpen { get; private set; }

    /// <summary>End or begin of the hours.</summary>
    public DateTimeOffset? ChangeAt { get; set; } = Monday.AddHours(6);

    public ModeScene Apply(ModeInput input)
    {
        ModeStep step = _rule.Apply(State, input, new ModeClock(_now, Wall));
        (State, Last, Refusal) = (step.State, step.Events, step.Refusal);
        return this;
    }

    public ModeScene Look() => Apply(new HoursRead(_hasHours && AreHoursOpen, ChangeAt));

    public ModeScene Open()
    {
        AreHoursOpen = true;
        if (ChangeAt <= Wall)
            ChangeAt = Wall.AddHours(6);
        return Look();
    }

    public ModeScene Close()
    {
        (AreHoursOpen, Wall) = (false, ChangeAt > Wall ? ChangeAt.Value : Wall);
        return Look();
    }

    public ModeScene Wait(TimeSpan time)
    {
        (_now, Wall) = (_now + time, Wall + time);
        AreHoursOpen &= !(ChangeAt <= Wall);
        return Look();
    }

    public ModeScene Unlock(double hours = 1) => Apply(new UnlockOrdered(TimeSpan.FromHours(hours), "nora"));

    public ModeScene LockDown() => Apply(new LockdownOrdered("adam"));

    public ModeScene Normal() => Apply(new NormalOrdered("emil"));

    public ModeScene Lock() => Apply(new LockOrdered("emil"));

    public ModeScene Granted(long person = 1) => Apply(new PersonGranted(person));

    public ModeScene Is(DoorMode mode, params string[] events)
    {
        Assert.Equal(mode, State.Mode);
        Assert.Equal(events, Last.Select(raised => raised.Detail is null ? $"{raised.Kind}" : $"{raised.Kind} {raised.Detail}"));
        return this;
    }
}
