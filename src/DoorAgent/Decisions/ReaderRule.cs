using DoorAgent.Events;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Decisions;

/// <summary>The rules for what a reader sends besides badges and keys: faults, line noise, its loss and its return. The exit reader's alarms
/// have kinds of their own.</summary>
internal static class ReaderRule
{
    /// <summary>The beginning of the detail of a fault of the exit reader.</summary>
    public const string AtTheExit = "at the exit reader: ";

    /// <summary>Counts a fault. Line noise is one alarm until it ends: one record for each of thirty faults a second would wear the card
    /// out.</summary>
    public static void Faulted(AccessTransition transition, ReaderFaulted fault)
    {
        ReaderWatch before = transition.State.ReaderAt(fault.Side);
        transition.State = transition.State.With(fault.Side, before.Fault(transition.Now, out bool startsAlarm));
        if (before.IsNoisy)
            return;
        string name = fault.Side == ReaderSide.Exit ? AtTheExit + Name(fault) : Name(fault);
        transition.Raise(new DoorEvent(DoorEventKind.ReaderFault)
        {
            Detail = fault.Bits == 0 ? name : $"{name}, {fault.Bits} {UnitOf(fault.Fault)}",
        });
        if (startsAlarm)
        {
            transition.Raise(new DoorEvent(OfSide(fault.Side, DoorEventKind.LineNoise, DoorEventKind.ExitLineNoise))
            {
                Detail = $"{ReaderWatch.FaultsOfNoise} faults in {ReaderWatch.Within.TotalSeconds:0} s",
            });
        }
    }

    /// <summary>Ends the line noise of a reader that has been quiet for long enough.</summary>
    public static void Calm(AccessTransition transition, ReaderSide side)
    {
        ReaderWatch reader = transition.State.ReaderAt(side);
        if (!(reader.QuietAt <= transition.Now))
            return;
        transition.State = transition.State.With(side, reader.Calmed());
        transition.Raise(new DoorEvent(OfSide(side, DoorEventKind.LineRestored, DoorEventKind.ExitLineRestored))
        {
            Detail = reader.FaultsSinceAlarm > 0 ? $"{reader.FaultsSinceAlarm} more faults since the alarm" : null,
        });
    }

    /// <summary>Raises one event for each change. An attempt goes on: its badge was read while the reader still worked.</summary>
    public static void Changes(AccessTransition transition, ReaderChanged change)
    {
        bool isExit = change.Side == ReaderSide.Exit;
        string? before = isExit ? transition.State.ExitReaderFault : transition.State.ReaderFault;
        transition.State = isExit ? transition.State with { ExitReaderFault = change.Fault }
            : transition.State with { ReaderFault = change.Fault };
        if ((before is null) == (change.Fault is null))
            return;
        DoorEventKind kind = change.Fault is null
            ? OfSide(change.Side, DoorEventKind.ReaderRestored, DoorEventKind.ExitReaderRestored)
            : OfSide(change.Side, DoorEventKind.ReaderOffline, DoorEventKind.ExitReaderOffline);
        transition.Raise(new DoorEvent(kind) { Detail = change.Fault });
    }

    private static DoorEventKind OfSide(ReaderSide side, DoorEventKind entry, DoorEventKind exit) => side == ReaderSide.Exit ? exit : entry;

    private static string Name(ReaderFaulted read) => read.Fault switch
    {
        ReadFault.Parity => "wrong parity",
        ReadFault.Length when read.Bits is 4 or 8 => "no badge is so short; if it was a key, Badges:Keypad says how keys are sent",
        ReadFault.Length => "no configured format has this length",
        ReadFault.NoKey => "not a key of the keypad",
        ReadFault.LinesSwapped => "D0 and D1 look swapped",
        ReadFault.NotANumber => "not a number in the form that Badges:TextFormat names",
        ReadFault.Unfinished => "the text stopped in the middle",
        ReadFault.Garbage => "the text is not a number; is Badges:Baud right?",
        ReadFault.SeveralCards => "several cards at once, or one that cannot be read; hold one card flat to the reader",
        ReadFault.Checksum => "the checksum is wrong; hold the badge to the reader again",
        _ => "line noise",
    };

    private static string UnitOf(ReadFault fault) =>
        fault is ReadFault.NotANumber or ReadFault.Unfinished or ReadFault.Garbage or ReadFault.Checksum ? "characters" : "bits";
}
