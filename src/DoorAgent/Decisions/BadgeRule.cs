using DoorAgent.Events;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Decisions;

/// <summary>The rules for a badge at the entry.</summary>
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

    /// <summary>Denies an unknown badge and counts it; too many are not answered for a while.</summary>
    public static void Unknown(AccessTransition transition, Badge badge, string? detail = null)
    {
        if (transition.State.UnknownBadges.IsOn(transition.Now))
            return;
        Deny(transition, badge, DenyReason.UnknownBadge, detail: detail);
        transition.CountUnknownBadge();
    }

    public static void Deny(AccessTransition transition, Badge badge, DenyReason reason, long? person = null, string? detail = null) =>
        transition.Raise(new DoorEvent(DoorEventKind.Denied)
        {
            Reason = reason,
            PersonId = person,
            BadgeHint = badge.Hint,
            Detail = detail,
        });
}
