using System.Collections.Immutable;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Doors;

/// <summary>
/// Runs the door machine: records the machine's events and switches the relay. The relay is energised only after the reason was recorded: a
/// grant, the begin of a hold and an operator's order are recorded before they reach this controller, an exit is recorded here. What the
/// relay itself did is recorded afterwards. A release waits for no record, so that a stuck disk does not hold the door open.
/// </summary>
/// <param name="machine">The pure machine.</param>
/// <param name="relay">The lock's relay.</param>
/// <param name="record">Records an event; returns whether the journal stored it.</param>
internal sealed class DoorController(DoorMachine machine, IRelay relay, Func<DoorEvent, bool> record)
{
    private DoorState _state = DoorState.Initial;

    /// <summary>The door's state; other threads may read it.</summary>
    public DoorState State => Volatile.Read(ref _state);

    /// <summary>The next time at which the machine must act without an input; null when it need not.</summary>
    public TimeSpan? NextDue => machine.NextDue(_state);

    /// <summary>Applies an input, and then the consequences of a relay that fails or works again.</summary>
    /// <param name="input">The input.</param>
    /// <param name="now">Monotonic time, never before that of the previous call.</param>
    /// <returns>All events, in order; they are recorded.</returns>
    public ImmutableArray<DoorEvent> Apply(DoorInputEvent input, TimeSpan now) => Apply(input, now, suppressed: null);

    /// <summary>Switches the relay; returns null on success, else the system's message.</summary>
    public string? Move(RelayCommand command)
    {
        try
        {
            if (command.Order == RelayOrder.Energise)
                relay.Energise(command.AtMost);
            else if (command.Order == RelayOrder.Hold)
                relay.Hold();
            else if (command.Order == RelayOrder.Release)
                relay.Release();
            return null;
        }
        catch (IOException failure)
        {
            return failure.Message;
        }
    }

    /// <param name="input">The input.</param>
    /// <param name="now">Monotonic time.</param>
    /// <param name="suppressed">Event kind to suppress: a relay that failed to switch on does not report switching off.</param>
    private ImmutableArray<DoorEvent> Apply(DoorInputEvent input, TimeSpan now, DoorEventKind? suppressed)
    {
        bool hadFault = _state.HasRelayFault;
        DoorStep step = machine.Apply(_state, input, now);
        Volatile.Write(ref _state, step.State);
        bool unlocks = step.Relay.Order is RelayOrder.Energise or RelayOrder.Hold;
        ImmutableArray<DoorEvent> events = step.Events.RemoveAll(raised => raised.Kind == suppressed);
        bool isReasonRecorded = !unlocks || RecordAll(events.Where(raised => raised.Kind != DoorEventKind.RelayOn));
        string? failure = Move(step.Relay);
        bool neverOn = failure is not null && events.Any(raised => raised.Kind == DoorEventKind.RelayOn);
        if (neverOn)
            events = events.RemoveAll(raised => raised.Kind == DoorEventKind.RelayOn);
        RecordAll(unlocks ? events.Where(raised => raised.Kind == DoorEventKind.RelayOn) : events);
        // A missing record locks nobody in; the warning still reaches the log.
        if (!isReasonRecorded && input is ExitPressed)
        {
            record(new DoorEvent(DoorEventKind.Warning)
            {
                Detail = "the exit button unlocked the door without a record: nobody is locked in",
            });
        }

        if (failure is not null)
            return events.AddRange(Apply(new RelayFailed(failure), now, neverOn ? DoorEventKind.RelayOff : null));
        if (hadFault && step.Relay.Order == RelayOrder.Release)
            return events.AddRange(Apply(new RelayRecovered(), now, suppressed: null));
        return events;
    }

    /// <summary>Records all events; returns whether the journal stored every one.</summary>
    private bool RecordAll(IEnumerable<DoorEvent> events) => events.Select(record).ToArray().All(isRecorded => isRecorded);
}
