using System.Collections.Immutable;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Doors;

/// <summary>
/// The door machine at work: asks it, records what it says and moves the relay, by one rule. The relay is energised only after the reason
/// was recorded: a grant and an operator's order are on record before they come here, an exit is recorded here. What the relay itself did is
/// recorded once it has done it. A release waits for no record, so that a stuck disk holds no door open.
/// </summary>
/// <param name="machine">The pure machine.</param>
/// <param name="relay">The lock's relay.</param>
/// <param name="record">Records what happened; says whether the journal took it.</param>
internal sealed class DoorController(DoorMachine machine, IRelay relay, Func<DoorEvent, bool> record)
{
    private DoorState _state = DoorState.Initial;

    /// <summary>The door's state; may be read from other threads.</summary>
    public DoorState State => Volatile.Read(ref _state);

    /// <summary>The next moment at which something happens by itself; null when nothing will.</summary>
    public TimeSpan? NextDue => machine.NextDue(_state);

    /// <summary>Takes what happened at the door, and what follows from a relay that does not obey.</summary>
    /// <param name="what">What happened.</param>
    /// <param name="now">Monotonic time, never before that of the call before.</param>
    /// <returns>Everything that was said and recorded.</returns>
    public ImmutableArray<DoorEvent> Take(DoorInputEvent what, TimeSpan now) => Take(what, now, untrue: null);

    /// <summary>Tells the relay; null when it obeyed, else what the system said.</summary>
    public string? Move(RelayCommand command)
    {
        try
        {
            if (command.Order == RelayOrder.Energise)
                relay.Energise(command.AtMost);
            else if (command.Order == RelayOrder.Release)
                relay.Release();
            return null;
        }
        catch (IOException failure)
        {
            return failure.Message;
        }
    }

    /// <param name="what">What happened at the door.</param>
    /// <param name="now">Monotonic time.</param>
    /// <param name="untrue">A kind that this step says and that is not so: a relay that never went on does not go off.</param>
    private ImmutableArray<DoorEvent> Take(DoorInputEvent what, TimeSpan now, DoorEventKind? untrue)
    {
        bool hadFault = _state.HasRelayFault;
        DoorStep step = machine.Apply(_state, what, now);
        Volatile.Write(ref _state, step.State);
        bool unlocks = step.Relay.Order == RelayOrder.Energise;
        ImmutableArray<DoorEvent> said = step.Events.RemoveAll(raised => raised.Kind == untrue);
        bool isReasonRecorded = !unlocks || RecordAll(said.Where(raised => raised.Kind != DoorEventKind.RelayOn));
        string? failure = Move(step.Relay);
        bool neverOn = failure is not null && said.Any(raised => raised.Kind == DoorEventKind.RelayOn);
        if (neverOn)
            said = said.RemoveAll(raised => raised.Kind == DoorEventKind.RelayOn);
        RecordAll(unlocks ? said.Where(raised => raised.Kind == DoorEventKind.RelayOn) : said);
        // Nobody is locked in for want of a record; that it is missing is said where lines still go.
        if (!isReasonRecorded && what is ExitPressed)
            record(new DoorEvent(DoorEventKind.Warning) { Detail = "the exit button unlocked the door without a record: nobody is locked in" });
        if (failure is not null)
            return said.AddRange(Take(new RelayFailed(failure), now, neverOn ? DoorEventKind.RelayOff : null));
        if (hadFault && step.Relay.Order == RelayOrder.Release)
            return said.AddRange(Take(new RelayRecovered(), now, untrue: null));
        return said;
    }

    /// <summary>Whether the journal took all of them.</summary>
    private bool RecordAll(IEnumerable<DoorEvent> events) => events.Select(record).ToArray().All(took => took);
}
