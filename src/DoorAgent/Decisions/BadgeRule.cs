using DoorAgent.Events;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Decisions;

/// <summary>The rules for the signals of the badge reader.</summary>
internal static class BadgeRule
{
    public static void Presented(AccessTransition transition, BadgePresented read)
    {
        ReaderWatch reader = transition.State.Reader.Read(read.Badge, read.ReadAt, transition.Options.RepeatedRead, out bool isRepeated);
        transition.State = transition.State with { Reader = reader };
        if (isRepeated)
            return;
        if (transition.Now < transition.State.BadgeAwaitedUntil && transition.Gallery?.Find(read.Badge) is null)
            HandToOperator(transition, read.Badge);
        else if (transition.Options.AccessMode == AccessMode.FaceOnly)
            transition.Raise(new DoorEvent(DoorEventKind.BadgeNotUsed) { BadgeHint = read.Badge.Hint });
        else if (transition.Gallery is null)
            Deny(transition, read.Badge, DenyReason.GalleryMissing);
        else if (transition.Gallery.Find(read.Badge) is not { } owner)
            Unknown(transition, read.Badge);
        else if (EntryRule.RefusalOf(owner.State) is { } blocked)
            Deny(transition, read.Badge, blocked.Reason, owner.Person.Id, blocked.Detail);
        else if (transition.State.Attempt?.PersonId != owner.Person.Id)
            Known(transition, read, owner.Person);
    }

    /// <summary>Counts a fault. Line noise is one alarm until it ends: one record for each of thirty faults a second would wear the card
    /// out.</summary>
    public static void Faulted(AccessTransition transition, ReaderFaulted fault)
    {
        bool isNoise = transition.State.Reader.IsNoisy;
        transition.State = transition.State with { Reader = transition.State.Reader.Fault(transition.Now, out bool startsAlarm) };
        if (isNoise)
            return;
        transition.Raise(new DoorEvent(DoorEventKind.ReaderFault)
        {
            Detail = fault.Bits == 0 ? Name(fault) : $"{Name(fault)}, {fault.Bits} {UnitOf(fault.Fault)}",
        });
        if (startsAlarm)
        {
            transition.Raise(new DoorEvent(DoorEventKind.LineNoise)
            {
                Detail = $"{ReaderWatch.FaultsOfNoise} faults in {ReaderWatch.Within.TotalSeconds:0} s",
            });
        }
    }

    /// <summary>Raises one event for each change. An attempt goes on: its badge was read while the reader still worked.</summary>
    public static void ReaderChanges(AccessTransition transition, string? fault)
    {
        string? before = transition.State.ReaderFault;
        transition.State = transition.State with { ReaderFault = fault };
        if ((before is null) != (fault is null))
            transition.Raise(new DoorEvent(fault is null ? DoorEventKind.ReaderRestored : DoorEventKind.ReaderOffline) { Detail = fault });
    }

    /// <summary>Hands an unknown badge to the operator who waits for one. The badge opens nothing and counts as no failure.</summary>
    private static void HandToOperator(AccessTransition transition, Badge badge)
    {
        transition.State = transition.State with { BadgeAwaitedUntil = null };
        transition.Taken = badge;
        transition.Raise(new DoorEvent(DoorEventKind.BadgeTaken) { BadgeHint = badge.Hint });
    }

    /// <summary>Refuses the owner of a known badge, or opens an attempt. A refusal does not end another person's attempt: one wallet can
    /// hold two cards.</summary>
    private static void Known(AccessTransition transition, BadgePresented read, Person person)
    {
        if (transition.RefusalOf(person) is { } refusal)
        {
            Deny(transition, read.Badge, refusal.Reason, person.Id, refusal.Detail);
            return;
        }

        bool isFallback = transition.NeedsFace && transition.State.IsCameraFallback;
        if (transition.NeedsFace && transition.State.HasCameraFault && !isFallback)
        {
            Deny(transition, read.Badge, DenyReason.CameraFault, person.Id);
            return;
        }

        if (EntryRule.PinRefusalOf(person, isFallback || transition.Options.NeedsPin) is { } noPin)
        {
            Deny(transition, read.Badge, noPin.Reason, person.Id, noPin.Detail);
            return;
        }

        transition.End(DenyReason.Superseded);
        if (isFallback || transition.Options.NeedsPin)
            transition.AwaitPin(person, read.Badge);
        else if (transition.NeedsFace)
            transition.Open(person, read.Badge);
        else
            transition.Grant(person, read.Badge, match: null);
    }

    private static void Unknown(AccessTransition transition, Badge badge)
    {
        if (transition.State.UnknownBadges.IsOn(transition.Now))
            return;
        Deny(transition, badge, DenyReason.UnknownBadge);
        transition.CountUnknownBadge();
    }

    private static void Deny(AccessTransition transition, Badge badge, DenyReason reason, long? person = null, string? detail = null) =>
        transition.Raise(new DoorEvent(DoorEventKind.Denied)
        {
            Reason = reason,
            PersonId = person,
            BadgeHint = badge.Hint,
            Detail = detail,
        });

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
