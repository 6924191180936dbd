using DoorAgent.Events;
using DoorAgent.Matching;

namespace DoorAgent.Decisions;

/// <summary>What a typed PIN does. One PIN a badge: whoever mistypes presents it again.</summary>
internal static class PinRule
{
    /// <summary>The answer takes milliseconds; one that does not come at all is a fault.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <summary>The row of digits is ended: asks for its check, or denies what no PIN can be.</summary>
    public static void Typed(AccessTurn turn, Attempt attempt, KeypadEntry entry)
    {
        if (turn.Gallery is null)
            turn.End(DenyReason.GalleryMissing);
        else if (turn.Gallery.Find(attempt.PersonId!.Value) is not { } person)
            turn.End(DenyReason.NoLongerEnrolled);
        else if (person.Pin is not { } pin)
            turn.End(DenyReason.NoPin);
        else if (entry.Digits.Length is < PersonPin.MinDigits or > PersonPin.MaxDigits)
            turn.End(DenyReason.WrongPin);
        else
            Ask(turn, attempt, pin, entry.Digits);
    }

    /// <summary>The check has answered. An answer to a question of an attempt that is over does nothing.</summary>
    public static void Answered(AccessTurn turn, PinChecked check)
    {
        if (turn.State.Attempt is not { Badge: { } badge, PersonId: { } id } attempt || attempt.Question != check.Question)
            return;
        // First of all: whatever follows, somebody is being forced.
        if (check.Answer == PinAnswer.Duress)
            turn.Say(new DoorEvent(DoorEventKind.Duress) { PersonId = id, BadgeHint = badge?.Hint });
        if (check.Answer == PinAnswer.Wrong)
            turn.End(DenyReason.WrongPin);
        else if (turn.Changed(attempt, id) is { } change)
            turn.End(change.Reason, detail: change.Detail);
        else if (turn.NeedsFace)
            turn.Open(turn.Gallery!.Find(id), badge);
        else
            turn.Grant(turn.Gallery!.Find(id)!, badge, match: null);
    }

    private static void Ask(AccessTurn turn, Attempt attempt, PersonPin pin, string digits)
    {
        long number = turn.State.Questions + 1;
        turn.State = turn.State with { Questions = number, Attempt = attempt with { Question = number, Deadline = turn.Now + AnswerWithin } };
        turn.Question = new PinQuestion(number, pin, digits);
    }
}
