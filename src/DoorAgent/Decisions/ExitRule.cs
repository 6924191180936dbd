using DoorAgent.Events;
using DoorAgent.Matching;
using DoorAgent.Schedules;

namespace DoorAgent.Decisions;

/// <summary>
/// The rules for a badge at the exit reader. Every known badge opens the way out, without a face, a PIN or hours, in every mode: a door must
/// not lock people in. What would have kept the person out is on record. An unknown badge opens nothing; the mechanical handle, which an
/// exit reader must not replace, lets its holder out.
/// </summary>
internal static class ExitRule
{
    private const string AtTheExit = "at the exit reader";

    public static void Presented(AccessTransition transition, BadgePresented read)
    {
        AccessState state = transition.State;
        ReaderWatch reader = state.ExitReader.Read(read.Badge, read.ReadAt, transition.Options.RepeatedRead, out bool isRepeated);
        transition.State = state with { ExitReader = reader };
        if (isRepeated)
            return;
        if (transition.Gallery is null)
            BadgeRule.Deny(transition, read.Badge, DenyReason.GalleryMissing, detail: AtTheExit);
        else if (transition.Gallery.Find(read.Badge) is { } owner)
            LetOut(transition, read, owner);
        else
            BadgeRule.Unknown(transition, read.Badge, AtTheExit);
    }

    private static void LetOut(AccessTransition transition, BadgePresented read, BadgeOwner owner)
    {
        // A lockout or passback concerns entries only and is nothing to report about a person who leaves.
        Refusal? outside = EntryRule.RefusalOf(owner.State) ?? EntryRule.RefusalOf(owner.Person, transition.NotAllowedNow);
        transition.Raise(new DoorEvent(DoorEventKind.ExitGranted)
        {
            PersonId = owner.Person.Id, BadgeHint = read.Badge.Hint, Reason = outside?.Reason, Detail = outside?.Detail,
        });
    }
}
