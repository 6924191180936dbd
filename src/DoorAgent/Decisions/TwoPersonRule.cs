using DoorAgent.Events;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Schedules;

namespace DoorAgent.Decisions;

/// <summary>A person who passed every other rule: their face, badge and PIN were right, and they may enter now.</summary>
/// <param name="Person">The person, as the gallery had them then.</param>
/// <param name="Badge">The badge; null without one.</param>
/// <param name="Match">The deciding comparison; null where no face was needed.</param>
/// <param name="Detail">What the record of the grant says beyond that.</param>
internal sealed record Passed(Person Person, Badge? Badge, FaceMatch? Match, string? Detail);

/// <summary>Whoever passed last, and may be the first of two.</summary>
/// <param name="Who">The person.</param>
/// <param name="Until">Latest time at which a second person makes them two.</param>
/// <param name="IsWaiting">Whether the person waits for a second one; else they were let in, and may be what somebody else needs.</param>
internal sealed record FirstOfTwo(Passed Who, TimeSpan Until, bool IsWaiting);

/// <summary>
/// The two-person rule: who is marked for it, and everybody in the hours of <see cref="DecisionOptions.TwoPersonHours"/>, is let in only when
/// two different people passed every other rule within <see cref="DecisionOptions.TogetherWithin"/>. Then both are granted. Each of two counts
/// once. A visitor is no second person: their host has brought them in (<see cref="EscortRule"/>).
/// </summary>
internal static class TwoPersonRule
{
    /// <summary>Lets a person in who passed every other rule, alone or together with the one before; or lets them wait for a second
    /// person.</summary>
    public static void Pass(AccessTransition transition, Passed who)
    {
        if (who.Person.IsEscorted)
        {
            transition.LetIn(who, endsAttempt: true);
            return;
        }

        bool isNeeded = who.Person.NeedsSecondPerson || transition.IsTwoPersonTime;
        FirstOfTwo? first = transition.State.First is { } last && transition.Now < last.Until ? last : null;
        if (first is { IsWaiting: true } && first.Who.Person.Id != who.Person.Id && RefusalOf(transition, first) is { } refusal)
        {
            Drop(transition, refusal.Reason, refusal.Detail);
            first = null;
        }

        if (first is not null && first.Who.Person.Id != who.Person.Id && (first.IsWaiting || isNeeded))
            LetBothIn(transition, first, who);
        else if (isNeeded)
            Await(transition, who, isSame: first is { IsWaiting: true });
        else
        {
            transition.State = transition.State with { First = new FirstOfTwo(who, Until(transition), IsWaiting: false) };
            transition.LetIn(who, endsAttempt: true);
        }
    }

    /// <summary>Denies the waiting person when nobody else came in time.</summary>
    public static void Expire(AccessTransition transition)
    {
        if (transition.State.First is { IsWaiting: true } first && first.Until <= transition.Now)
            Drop(transition, DenyReason.SecondPersonMissing);
    }

    /// <summary>Denies the person who waits for a second one, if somebody does.</summary>
    public static void Drop(AccessTransition transition, DenyReason reason, string? detail = null)
    {
        if (transition.State.First is not { IsWaiting: true, Who: var who })
            return;
        transition.State = transition.State with
        {
            First = null,
            Presence = transition.State.Attempt is null ? transition.State.Presence.After(Rearm.AfterDenial, transition.Now)
                : transition.State.Presence,
        };
        transition.Raise(EventOf(DoorEventKind.Denied, who) with { Reason = reason, Detail = detail });
    }

    /// <summary>Returns an event about a person who passed.</summary>
    public static DoorEvent EventOf(DoorEventKind kind, Passed who) => new(kind)
    {
        PersonId = who.Person.Id,
        BadgeHint = who.Badge?.Hint,
        Distance = who.Match?.Distance,
        Threshold = who.Match?.Threshold,
        Detail = who.Detail,
    };

    /// <summary>Returns what forbids the first of two to enter since they passed.</summary>
    private static Refusal? RefusalOf(AccessTransition transition, FirstOfTwo first) =>
        transition.RefusalOf(first.Who.Badge, first.Who.Person.Id);

    private static TimeSpan Until(AccessTransition transition) => transition.Now + transition.Options.TogetherWithin;

    private static void LetBothIn(AccessTransition transition, FirstOfTwo first, Passed second)
    {
        transition.State = transition.State with { First = null };
        Passed one = With(first.Who, second.Person), other = With(second, first.Who.Person);
        if (!first.IsWaiting)
        {
            transition.LetIn(other, endsAttempt: true);
            return;
        }

        // The later grant decides how long the door is unlocked.
        bool isFirstLonger = one.Person.IsExtended && !other.Person.IsExtended;
        if (!isFirstLonger)
            transition.LetIn(one, endsAttempt: false);
        transition.LetIn(other, endsAttempt: true);
        if (isFirstLonger)
            transition.LetIn(one, endsAttempt: false);
    }

    private static Passed With(Passed who, Person other)
    {
        string together = $"together with {PersonReference.Of(other.Id, other.Name)}";
        return who with { Detail = who.Detail is null ? together : $"{who.Detail}, {together}" };
    }

    /// <summary>Begins to wait. A face that stays before the camera does not begin again, so that a person who stands there alone writes no
    /// record each second; their badge does.</summary>
    private static void Await(AccessTransition transition, Passed who, bool isSame)
    {
        bool hadAttempt = transition.State.Attempt is not null;
        transition.State = transition.State with
        {
            Attempt = null,
            Presence = transition.State.Presence.After(Rearm.AfterFirstOfTwo, transition.Now),
        };
        if (isSame && who.Badge is null)
        {
            transition.Raise(new DoorEvent(DoorEventKind.AttemptAbandoned) { Reason = DenyReason.Abandoned, EndsAttempt = hadAttempt });
            return;
        }

        transition.State = transition.State with { First = new FirstOfTwo(who, Until(transition), IsWaiting: true) };
        transition.Raise(EventOf(DoorEventKind.SecondPersonAwaited, who) with { EndsAttempt = hadAttempt });
    }
}
