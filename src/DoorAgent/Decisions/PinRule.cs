using DoorAgent.Events;
using DoorAgent.Matching;

namespace DoorAgent.Decisions;

/// <summary>What a typed PIN does. One PIN a badge: whoever mistypes presents it again.</summary>
internal static class PinRule
{
    /// <summary>The answer takes milliseconds; one that does not come at all is a fault.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <summary>The row of digits is ended: asks for its check, or denies what no PIN can be.</summary>
    public static void Typed(AccessTransition transition, Attempt attempt, KeypadEntry entry)
    {
        if (transition.Gallery is null)
            transition.End(DenyReason.GalleryMissing);
        else if (transition.Gallery.Find(attempt.PersonId!.Value) is not { } person)
            transition.End(DenyReason.NoLongerEnrolled);
        else if (person.Pin is not { } pin)
            transition.End(DenyReason.NoPin);
        else if (entry.Digits.Length is < PersonPin.MinDigits or > PersonPin.MaxDigits)
            transition.End(DenyReason.WrongPin);
        else
            Ask(transition, attempt, pin, entry.Digits);
    }

    /// <summary>The check has answered. An answer to a question of an attempt that is over does nothing.</summary>
    public static void Answered(AccessTransition transition, PinChecked check)
    {
        if (transition.State.Attempt is not { Badge: { } badge, PersonId: { } id } attempt || attempt.Question != check.Question)
            return;
        // First of all: whatever follows, somebody is being forced.
        if (check.Answer == PinAnswer.Duress)
            transition.Raise(new DoorEvent(DoorEventKind.Duress) { PersonId = id, BadgeHint = badge?.Hint });
        if (check.Answer == PinAnswer.Wrong)
            transition.End(DenyReason.WrongPin);
        else if (transition.Changed(attempt, id) is { } change)
            transition.End(change.Reason, detail: change.Detail);
        else if (transition.NeedsFace)
            transition.Open(transition.Gallery!.Find(id), badge);
        else
            transition.Grant(transition.Gallery!.Find(id)!, badge, match: null);
    }

    private static void Ask(AccessTransition transition, Attempt attempt, PersonPin pin, string digits)
    {
        long number = transition.State.Questions + 1;
        transition.State = transition.State with { Questions = number, Attempt = attempt with { Question = number, Deadline = transition.Now + AnswerWithin } };
        transition.Question = new PinQuestion(number, pin, digits);
    }
}
