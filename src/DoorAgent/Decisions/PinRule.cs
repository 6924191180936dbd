using DoorAgent.Events;
using DoorAgent.Matching;

namespace DoorAgent.Decisions;

/// <summary>The rules for a typed PIN. Each read of a badge allows one PIN: after a mistake the badge must be presented again.</summary>
internal static class PinRule
{
    /// <summary>Time allowed for the check, which takes milliseconds; a missing answer is a fault.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <summary>The detail of a grant while the camera is lost or silent.</summary>
    public const string NoFace = "a badge and its PIN: the camera gives no picture";

    /// <summary>Requests the check of the typed digits, or denies digits that cannot be a PIN.</summary>
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
            RequestCheck(transition, attempt, pin, entry.Digits);
    }

    /// <summary>Handles the result of a check. A result for an attempt that has ended has no effect.</summary>
    public static void Answered(AccessTransition transition, PinChecked check)
    {
        if (transition.State.Attempt is not { Badge: { } badge, PersonId: { } id } attempt || attempt.Question != check.Question)
            return;
        // The alarm comes first: the person is being forced, whatever else is decided.
        if (check.Answer == PinAnswer.Duress)
            transition.Raise(new DoorEvent(DoorEventKind.Duress) { PersonId = id, BadgeHint = badge?.Hint });
        if (check.Answer == PinAnswer.Wrong)
            transition.End(DenyReason.WrongPin);
        else if (transition.RefusalOf(attempt, id) is { } change)
            transition.End(change.Reason, detail: change.Detail);
        else if (transition.State.IsCameraFallback)
            transition.Grant(transition.Gallery!.Find(id)!, badge, match: null, NoFace);
        else if (transition.NeedsFace)
            transition.Open(transition.Gallery!.Find(id), badge);
        else
            transition.Grant(transition.Gallery!.Find(id)!, badge, match: null);
    }

    private static void RequestCheck(AccessTransition transition, Attempt attempt, PersonPin pin, string digits)
    {
        long number = transition.State.Questions + 1;
        transition.State = transition.State with
        {
            Questions = number,
            Attempt = attempt with { Question = number, Deadline = transition.Now + AnswerWithin },
        };
        transition.Question = new PinQuestion(number, pin, digits);
    }
}

/// <summary>Typed digits and the PIN to compare them with. The check is slow on purpose, so that the policy does not wait for the
/// result.</summary>
/// <param name="Number">Number of the question, which the result repeats.</param>
/// <param name="Pin">The person's PIN.</param>
/// <param name="Digits">The typed digits: a secret.</param>
internal sealed record PinQuestion(long Number, PersonPin Pin, string Digits)
{
    /// <summary>Returns the number and nothing else.</summary>
    public override string ToString() => $"question {Number}";
}
