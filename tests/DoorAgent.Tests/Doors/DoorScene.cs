using System.Collections.Immutable;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Tests.Doors;

/// <summary>The door machine with a relay that works and has its own timer, and a clock that the test moves.</summary>
internal sealed class DoorScene
{
    // The clock starts after weeks: at second 0 a wrong sign would go unnoticed.
    private TimeSpan _now = TimeSpan.FromDays(40);
    private TimeSpan _relayFirstOn;
    private TimeSpan? _relayUntil;

    public DoorScene(Action<DoorOptions>? configure = null, bool? isOpen = false)
    {
        configure?.Invoke(Options);
        Machine = new DoorMachine(Options);
        Apply(new DoorStarting(isOpen));
    }

    public DoorOptions Options { get; } = new();

    public DoorMachine Machine { get; }

    public DoorState State { get; private set; } = DoorState.Initial;

    public double Now => _now.TotalSeconds;

    /// <summary>Whether the relay is on, with its own timer.</summary>
    public bool IsRelayOn => _now < _relayUntil;

    public RelayCommand Relay { get; private set; }

    public List<DoorEvent> All { get; } = [];

    public ImmutableArray<DoorEvent> Last { get; private set; } = [];

    /// <summary>The phases before and after each input, with the raised events.</summary>
    public List<(DoorState Before, DoorState After, ImmutableArray<DoorEvent> Said, RelayCommand Relay)> Steps { get; } = [];

    public static DoorScene Unlocked(Action<DoorOptions>? configure = null) => new DoorScene(configure).Grant().Expect("RelayOn");

    public static DoorScene Opened(Action<DoorOptions>? configure = null) =>
        Unlocked(configure).Wait(1).Contact(true).Expect("AccessTaken");

    public static DoorScene HeldOpen(Action<DoorOptions>? configure = null)
    {
        DoorScene scene = Opened(configure).Pass(30);
        Assert.Equal(DoorPhase.HeldOpen, scene.State.Phase);
        return scene;
    }

    public static DoorScene Forced() => new DoorScene().Contact(true).Expect("DoorForced");

    public DoorScene Wait(double seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        return this;
    }

    /// <summary>Ticks at each due time until the seconds have passed; the raised events become the last ones.</summary>
    public DoorScene Pass(double seconds)
    {
        TimeSpan end = _now + TimeSpan.FromSeconds(seconds);
        ImmutableArray<DoorEvent> said = [];
        while (Machine.NextDue(State) is { } due && due <= end)
        {
            _now = due;
            said = said.AddRange(Apply(new DoorTick()).Last);
            Assert.False(Machine.NextDue(State) <= due, "what was due is still due");
        }

        _now = end;
        Last = said;
        return this;
    }

    public DoorScene Apply(DoorInputEvent input)
    {
        DoorStep step = Machine.Apply(State, input, _now);
        Steps.Add((State, step.State, step.Events, step.Relay));
        (State, Last, Relay) = (step.State, step.Events, step.Relay);
        All.AddRange(Last);
        if (Relay.Order == RelayOrder.Release)
        {
            _relayUntil = null;
        }
        else if (Relay.Order == RelayOrder.Hold)
        {
            (_relayFirstOn, _relayUntil) = (_now, _now + IRelay.Maximum);
        }
        else if (Relay.Order == RelayOrder.Energise)
        {
            _relayFirstOn = IsRelayOn ? _relayFirstOn : _now;
            TimeSpan atMost = _now + Relay.AtMost;
            _relayUntil = atMost < _relayFirstOn + IRelay.Maximum ? atMost : _relayFirstOn + IRelay.Maximum;
        }

        return this;
    }

    public DoorScene Grant(long person = 1, bool isExtended = false) => Apply(new DoorGranted(person, isExtended));

    public DoorScene Contact(bool isOpen) => Apply(new ContactLevel(isOpen));

    public DoorScene Exit() => Apply(new ExitPressed());

    public DoorScene Expect(params string[] words)
    {
        Assert.Equal(words, Last.Select(raised => raised.Reason is { } reason ? $"{raised.Kind} {reason}" : $"{raised.Kind}"));
        return this;
    }

    public DoorScene Is(DoorPhase phase, bool isRelayOn)
    {
        Assert.Equal((phase, isRelayOn, isRelayOn), (State.Phase, State.IsRelayOn, IsRelayOn));
        return this;
    }
}
