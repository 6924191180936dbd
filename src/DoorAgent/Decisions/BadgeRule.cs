using DoorAgent.Events;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Decisions;

/// <summary>What the reader's signals do.</summary>
internal static class BadgeRule
{
    public static void Presented(AccessTurn turn, BadgePresented read)
    {
        ReaderWatch reader = turn.State.Reader.Read(read.Badge, read.ReadAt, turn.Options.RepeatedRead, out bool isRepeated);
        turn.State = turn.State with { Reader = reader };
        if (isRepeated)
            return;
        if (turn.Now < turn.State.BadgeAwaitedUntil && turn.Gallery?.Find(read.Badge) is null)
            Take(turn, read.Badge);
        else if (turn.Options.AccessMode == AccessMode.FaceOnly)
            turn.Say(new DoorEvent(DoorEventKind.BadgeNotUsed) { BadgeHint = read.Badge.Hint });
        else if (turn.Gallery is null)
            Deny(turn, read.Badge, DenyReason.GalleryMissing);
        else if (turn.Gallery.Find(read.Badge) is not { } owner)
            Unknown(turn, read.Badge);
        else if (EntryRule.RefusalOf(owner.State) is { } blocked)
            Deny(turn, read.Badge, blocked.Reason, owner.Person.Id, blocked.Detail);
        else if (turn.State.Attempt?.PersonId != owner.Person.Id)
            Known(turn, read, owner.Person);
    }

    /// <summary>Line noise is one alarm until it is over: a record of each of its faults, thirty a second, would wear the card out.</summary>
    public static void Faulted(AccessTurn turn, ReaderFaulted fault)
    {
        bool isNoise = turn.State.Reader.IsNoisy;
        turn.State = turn.State with { Reader = turn.State.Reader.Fault(turn.Now, out bool startsAlarm) };
        if (isNoise)
            return;
        turn.Say(new DoorEvent(DoorEventKind.ReaderFault) { Detail = $"{Name(fault)}, {fault.Bits} {UnitOf(fault.Fault)}" });
        if (startsAlarm)
        {
            turn.Say(new DoorEvent(DoorEventKind.LineNoise)
            {
                Detail = $"{ReaderWatch.FaultsOfNoise} faults in {ReaderWatch.Within.TotalSeconds:0} s",
            });
        }
    }

    /// <summary>It is said once. An attempt goes on: its badge was read while the reader was there.</summary>
    public static void ReaderChanges(AccessTurn turn, string? fault)
    {
        string? before = turn.State.ReaderFault;
        turn.State = turn.State with { ReaderFault = fault };
        if ((before is null) != (fault is null))
            turn.Say(new DoorEvent(fault is null ? DoorEventKind.ReaderRestored : DoorEventKind.ReaderOffline) { Detail = fault });
    }

    /// <summary>An operator asked for it: it is nobody's failure, and opens nothing.</summary>
    private static void Take(AccessTurn turn, Badge badge)
    {
        turn.State = turn.State with { BadgeAwaitedUntil = null };
        turn.Taken = badge;
        turn.Say(new DoorEvent(DoorEventKind.BadgeTaken) { BadgeHint = badge.Hint });
    }

    /// <summary>A refusal leaves an attempt of somebody else alone: two cards may be in one wallet.</summary>
    private static void Known(AccessTurn turn, BadgePresented read, Person person)
    {
        if (turn.RefusalOf(person) is { } refusal)
        {
            Deny(turn, read.Badge, refusal.Reason, person.Id, refusal.Detail);
            return;
        }

        if (turn.NeedsFace && turn.State.HasCameraFault)
        {
            Deny(turn, read.Badge, DenyReason.CameraFault, person.Id);
            return;
        }

        if (EntryRule.PinRefusalOf(person, turn.Options) is { } noPin)
        {
            Deny(turn, read.Badge, noPin.Reason, person.Id, noPin.Detail);
            return;
        }

        turn.End(DenyReason.Superseded);
        if (turn.Options.NeedsPin)
            turn.AwaitPin(person, read.Badge);
        else if (turn.NeedsFace)
            turn.Open(person, read.Badge);
        else
            turn.Grant(person, read.Badge, match: null);
    }

    private static void Unknown(AccessTurn turn, Badge badge)
    {
        if (turn.State.UnknownBadges.IsOn(turn.Now))
            return;
        Deny(turn, badge, DenyReason.UnknownBadge);
        turn.CountUnknownBadge();
    }

    private static void Deny(AccessTurn turn, Badge badge, DenyReason reason, long? person = null, string? detail = null) =>
        turn.Say(new DoorEvent(DoorEventKind.Denied) { Reason = reason, PersonId = person, BadgeHint = badge.Hint, Detail = detail });

    private static string Name(ReaderFaulted read) => read.Fault switch
    {
        ReadFault.Parity => "wrong parity",
        ReadFault.Length when read.Bits is 4 or 8 => "no badge is so short; if it was a key, Badges:Keypad says how keys are sent",
        ReadFault.Length => "no configured format has this length",
        ReadFault.NoKey => "no key of the keypad",
        ReadFault.LinesSwapped => "D0 and D1 look swapped",
        ReadFault.NotANumber => "no number as Badges:TextFormat says they are written",
        ReadFault.Unfinished => "it stopped in the middle",
        ReadFault.Garbage => "no text of a number; is Badges:Baud right?",
        ReadFault.Checksum => "its checksum is wrong; hold the badge to the reader again",
        _ => "line noise",
    };

    private static string UnitOf(ReadFault fault) =>
        fault is ReadFault.NotANumber or ReadFault.Unfinished or ReadFault.Garbage or ReadFault.Checksum ? "characters" : "bits";
}
